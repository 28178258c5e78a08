"""Pages of reporting: who opens them, what they cost, what they refuse."""

import datetime

import pytest
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.dates import Periode
from nouvea_sst.mesures import Compteur
from nouvea_sst.travaux.models import Travail
from reporting.models import Edition
from reporting.pack import fabrique
from reporting.rules.periodes import default_period, month_period
from tests.fabriques import log_in
from tests.reporting import factories as f

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
PERIODE = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
TABLEAU = {
    "coordinateur", "chef", "medecin", "infirmier", "psychologue", "preventeur", "rh", "auditeur",
}  # fmt: skip
DOSSIERS = TABLEAU | {"chct"}
PREPARENT = {"coordinateur", "chef"}


@pytest.fixture
def edition(monkeypatch):
    """An edition with bytes of our own."""
    monkeypatch.setattr(fabrique, "render_pdf", lambda chiffres: (b"%PDF-1.7 essai", 6))
    return fabrique.make_edition(acteur=None, seance=f.SeanceFactory(), periode=PERIODE, jour=JOUR)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(
    "adresse, roles",
    [
        ("/pilotage/", TABLEAU),
        ("/pilotage/dossiers/", DOSSIERS),
        ("/pilotage/dossiers/{pk}/", DOSSIERS),
        ("/pilotage/dossiers/{pk}/pdf/", DOSSIERS),
        ("/pilotage/dossiers/preparer/", PREPARENT),
    ],
)
def test_who_may_open_what(edition, client_de, role, adresse, roles):
    reponse = client_de(role).get(adresse.format(pk=edition.pk))
    assert reponse.status_code == (200 if role in roles else 403)


def test_reprint_returns_the_stored_bytes_and_their_mark(edition, client_de):
    client = client_de("chct")
    adresse = f"/pilotage/dossiers/{edition.pk}/pdf/"
    premiere, seconde = client.get(adresse), client.get(adresse)
    assert premiere.content == seconde.content == bytes(edition.pdf)
    assert premiere["ETag"] == f'"{edition.sha256}"'
    assert premiere["Content-Type"] == "application/pdf"
    assert client.get(adresse, headers={"if-none-match": premiere["ETag"]}).status_code == 304
    assert LigneJournal.objects.filter(acte="reporting.pdf").count() == 2


def test_file_name_tells_session_and_period_only(edition, client_de):
    reponse = client_de("chct").get(f"/pilotage/dossiers/{edition.pk}/pdf/")
    nom = f"dossier-chct-seance-{edition.seance.numero}-20260101-20260630-edition-1.pdf"
    assert reponse["Content-Disposition"] == f'inline; filename="{nom}"'


def test_page_of_an_edition_tells_its_hash(edition, client_de):
    page = client_de("chct").get(f"/pilotage/dossiers/{edition.pk}/").content.decode()
    assert edition.sha256 in page
    assert "Document préparatoire – diffusion restreinte aux membres" in page


def test_unknown_edition_is_not_found(client_de):
    assert client_de("chct").get("/pilotage/dossiers/99/pdf/").status_code == 404


def test_asking_twice_for_a_pack_makes_one_job(client_de):
    client, seance = client_de("chef"), f.SeanceFactory(date=datetime.date(2027, 6, 1))
    demande = {"seance": seance.pk, "du": "01/01/2026", "au": "30/06/2026"}
    premier = client.post("/pilotage/dossiers/preparer/", demande)
    second = client.post("/pilotage/dossiers/preparer/", demande)
    assert premier.status_code == 302
    assert premier.url == second.url == f"/travaux/{Travail.objects.get().pk}/"
    assert client.get(premier.url).status_code == 200
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    "saisie, phrase",
    [
        ({"du": "30/06/2026", "au": "01/01/2026"}, "La fin de la période précède son début."),
        ({"du": "01/01/2100", "au": "31/01/2100"}, "Le dernier mois entier est fini le"),
        ({"du": "01/01/2010", "au": "30/06/2026"}, "La période commence au plus tôt le"),
        ({"du": "02/01/2026", "au": "30/06/2026"}, "La période commence le premier jour d’un mois."),
        ({"du": "01/01/2026", "au": "29/06/2026"}, "du 01/01/2026 au 30/06/2026."),
        ({"du": "le 3", "au": "30/06/2026"}, "Saisissez une date valide."),
        ({"du": "01/01/2026", "au": "30/06/2026", "seance": ""}, "Ce champ est obligatoire."),
    ],
)
def test_form_refuses_in_a_sentence_and_keeps_what_was_chosen(client_de, saisie, phrase):
    seance = f.SeanceFactory(date=datetime.date(2027, 6, 1))
    page = client_de("chef").post("/pilotage/dossiers/preparer/", {"seance": seance.pk} | saisie)
    texte = page.content.decode().replace("&#x27;", "’")
    assert phrase in texte
    if saisie["au"] == "30/06/2026":
        assert '<option value="30/06/2026" selected>juin 2026</option>' in texte
    assert not Travail.objects.exists()


def test_form_reminds_to_read_the_titles_again(client_de):
    page = client_de("chef").get("/pilotage/dossiers/preparer/").content.decode()
    assert "Relisez avant diffusion les intitulés" in page
    assert 'href="/signalements/actions/"' in page


@pytest.mark.parametrize(
    "du, au, phrase",
    [
        ("30/06/2026", "01/01/2026", "La fin de la période précède son début."),
        ("15/03/2026", "31/03/2026", "La période commence le premier jour d’un mois."),
        ("2026-03-01", "2026-03-30", "La période finit le dernier jour d’un mois."),
        ("01/03/2026", "31/12/2099", "Le dernier mois entier est fini le"),
        ("01/03/2026", "", "Ce champ est obligatoire."),
    ],
)
def test_dashboard_says_why_and_shows_the_default_period(client_de, du, au, phrase):
    client = client_de("chef")
    reponse = client.get("/pilotage/", {"du": du, "au": au})
    assert phrase in reponse.content.decode()
    assert reponse.context["periode"] == default_period(timezone.localdate())


def test_dashboard_shows_the_month_asked_for(client_de):
    reponse = client_de("chef").get("/pilotage/", {"du": "01/03/2026", "au": "31/03/2026"})
    assert reponse.context["periode"] == month_period(2026, 3)
    page = reponse.content.decode()
    assert '<option value="01/03/2026" selected>mars 2026</option>' in page
    assert '<option value="31/03/2026" selected>mars 2026</option>' in page


def test_dashboard_of_an_empty_city_stands(client_de):
    page = client_de("chef").get("/pilotage/").content.decode()
    assert "n.c." in page
    assert "Rien n’est en retard." in page


@pytest.mark.parametrize("nombre", [1, 40])
def test_dashboard_asks_the_database_fifteen_times_at_most(client_de, nombre):
    f.make_hours(2020, 2026)
    f.SeanceFactory(date=datetime.date(2027, 6, 1))
    f.AccidentFactory.create_batch(nombre, jours_saisis=3)
    f.SignalementFactory.create_batch(nombre)
    f.ActionFactory.create_batch(nombre, echeance=datetime.date(2026, 3, 1))
    f.SuiviFactory.create_batch(nombre, echeance=datetime.date(2026, 3, 1))
    client = client_de("chef")
    with Compteur() as sql:
        assert client.get("/pilotage/").status_code == 200
    assert len(sql) <= 15, str(sql)


def test_list_links_each_edition_to_its_page_and_bytes(edition, client_de):
    client = client_de("chct")
    page = client.get("/pilotage/dossiers/").content.decode()
    assert f"/pilotage/dossiers/{edition.pk}/pdf/" in page
    assert str(edition.seance) in page
    assert "Préparer un dossier" not in page
    xlsx = client.get("/pilotage/dossiers/?format=xlsx")
    assert xlsx["Content-Type"].endswith("spreadsheetml.sheet")


def test_list_of_a_session_shows_its_packs_and_prepares_the_next(edition, client_de):
    autre = f.SeanceFactory()
    client = client_de("chef")
    for seance, nombre in ((edition.seance, 1), (autre, 0)):
        reponse = client.get("/pilotage/dossiers/", {"seance": seance.pk})
        assert reponse.context["total"] == nombre
        assert f'href="/pilotage/dossiers/preparer/?seance={seance.pk}"' in reponse.content.decode()
    assert client.get("/pilotage/dossiers/", {"seance": "x"}).status_code == 200
    assert 'href="/pilotage/dossiers/preparer/"' in client.get("/pilotage/dossiers/").content.decode()


def test_page_of_a_session_shows_nothing_of_reporting(edition, client_de):
    page = client_de("chef").get(f"/commissions/{edition.seance.pk}/").content.decode()
    assert edition.seance.lieu in page
    assert f"/pilotage/dossiers/{edition.pk}/" not in page
    assert "preparer/?seance=" not in page


def test_list_leaves_bytes_and_figures_in_the_database(edition, client_de):
    client = log_in(client_de("chct").compte)
    with Compteur() as sql:
        client.get("/pilotage/dossiers/")
    assert not any('"reporting_edition"."pdf"' in texte for texte in sql.textes)
