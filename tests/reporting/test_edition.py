"""The pack: frozen figures, frozen bytes, one edition a job."""

import datetime
import hashlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.template.loader import render_to_string

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib import pdf as module_pdf
from nouvea_sst.lib.dates import Periode
from nouvea_sst.lib.pdf import PdfImpossible, is_pdf_possible
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.models import Travail
from reporting import tasks
from reporting.actions import freeze_edition, request_edition
from reporting.indicateurs.constats import find_peak
from reporting.models import Edition
from reporting.pack import fabrique
from reporting.pack.chiffres import build
from reporting.pack.lecture import Dossier
from reporting.rules.empreinte import fingerprint, shorten, write_canonical
from reporting.rules.periodes import PeriodeRefusee
from tests.fabriques import compte
from tests.reporting import factories as f

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
PERIODE = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
needs_pango = pytest.mark.skipif(not is_pdf_possible(), reason="pango n’est pas installé")


@pytest.fixture
def seance():
    f.make_hours(2024, 2026)
    f.make_target("reporting.objectif_tf1", 13)
    seance = f.SeanceFactory(numero=3)
    f.PointFactory(seance=seance, ordre=1, intitule="Plan d’actions", nature="avis")
    f.AccidentFactory(jours_saisis=4)
    f.ActionFactory(pilote=f.make_pilot(), echeance=datetime.date(2026, 9, 30))
    f.ActionFactory()
    f.VisiteFactory(realisee=True)
    f.SuiviFactory()
    return seance


@pytest.fixture
def fausse_mise_en_page(monkeypatch):
    """Bytes without the renderer: what is tested is what is kept."""
    monkeypatch.setattr(fabrique, "render_pdf", lambda chiffres: (write_canonical(chiffres), 6))


def make(seance, **autres):
    """Make an edition."""
    champs = {"acteur": None, "seance": seance, "periode": PERIODE, "jour": JOUR} | autres
    return fabrique.make_edition(**champs)


def ask(acteur, seance, **autres):
    """Ask for the edition, from a form opened before any was made."""
    return request_edition(
        **({"acteur": acteur, "seance": seance, "periode": PERIODE, "derniere": 0} | autres)
    )


def words_of(chiffres):
    """Return the text of the pack."""
    return render_to_string(
        "reporting/dossier/_corps.html", {"dossier": Dossier(chiffres), "pdf": False, "base": ""}
    )


def test_figures_are_plain_json_and_come_back_from_the_database_unchanged(seance, fausse_mise_en_page):
    edition = Edition.objects.get(pk=make(seance).pk)
    chiffres = build(seance=seance, periode=PERIODE, rang=1, jour=JOUR)
    assert edition.chiffres == chiffres
    assert write_canonical(json.loads(json.dumps(edition.chiffres))) == write_canonical(chiffres)


def test_page_is_rendered_from_the_frozen_figures(seance, fausse_mise_en_page):
    edition = make(seance)
    avant = words_of(edition.chiffres)
    f.AccidentFactory.create_batch(3, jours_saisis=9)
    seance.points.all().delete()
    seance.lieu = "Ailleurs"
    seance.save()
    edition.refresh_from_db()
    assert words_of(edition.chiffres) == avant
    assert words_of(make(seance).chiffres) != avant


def test_edition_of_a_cut_month_is_never_made(seance, fausse_mise_en_page):
    with pytest.raises(PeriodeRefusee):
        make(seance, periode=Periode(PERIODE.debut, datetime.date(2026, 6, 29)))
    assert not Edition.objects.exists()


def test_next_edition_of_the_same_session_and_period_takes_the_next_number(seance, fausse_mise_en_page):
    autre = Periode(PERIODE.debut, datetime.date(2026, 7, 31))
    rangs = [make(seance).rang, make(seance).rang, make(seance, periode=autre).rang]
    assert rangs == [1, 2, 1]
    assert [make(None).rang, make(None).rang] == [1, 2]


def test_hash_is_that_of_the_stored_bytes(seance, fausse_mise_en_page):
    edition = Edition.objects.get(pk=make(seance).pk)
    assert edition.sha256 == hashlib.sha256(bytes(edition.pdf)).hexdigest()


@pytest.mark.parametrize("champ, valeur", [("pdf", b"x"), ("chiffres", {}), ("sha256", "0"), ("rang", 9)])
def test_database_refuses_to_change_an_edition(seance, fausse_mise_en_page, champ, valeur):
    edition = make(seance)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**{champ: valeur})


def test_database_refuses_to_delete_an_edition(seance, fausse_mise_en_page):
    edition = make(seance)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        seance.delete()


def test_number_taken_meanwhile_is_drawn_again(seance, monkeypatch):
    passages = []

    def render(chiffres):
        passages.append(chiffres["rang"])
        if len(passages) == 1:
            freeze_edition(
                acteur=None,
                seance=seance,
                periode=PERIODE,
                chiffres=chiffres,
                pdf=b"autre",
                pages=1,
                travail=None,
            )
        return write_canonical(chiffres), 6

    monkeypatch.setattr(fabrique, "render_pdf", render)
    assert make(seance).rang == 2
    assert passages == [1, 2]


def test_one_job_gives_one_edition(seance, fausse_mise_en_page):
    travail = open_travail(acteur=compte(), intitule="Dossier")
    assert make(seance, travail=travail) == make(seance, travail=travail)
    assert Edition.objects.count() == 1


def test_second_click_joins_the_job_under_way(seance):
    acteur = compte()
    premier = ask(acteur, seance)
    assert ask(acteur, seance) == premier
    assert ask(acteur, seance, periode=Periode(PERIODE.debut, datetime.date(2026, 7, 31))) != premier
    assert LigneJournal.objects.filter(acte="reporting.request_edition").count() == 2


def test_task_ends_with_the_address_of_the_edition(seance, fausse_mise_en_page):
    travail = ask(compte(), seance)
    run_task(travail, seance)
    travail.refresh_from_db()
    assert travail.etat == "termine"
    assert travail.adresse_resultat == f"/pilotage/dossiers/{travail.edition.pk}/"
    assert LigneJournal.objects.filter(acte="reporting.freeze_edition").count() == 1


def run_task(travail, seance):
    """Do what the worker does."""
    tasks.make_pack(
        travail_id=travail.pk,
        seance_id=seance.pk,
        debut=PERIODE.debut.isoformat(),
        fin=PERIODE.fin.isoformat(),
    )


def test_task_says_which_libraries_are_missing(seance, monkeypatch):
    def refuse(chiffres):
        raise PdfImpossible(module_pdf.MANQUE)

    monkeypatch.setattr(fabrique, "render_pdf", refuse)
    travail = ask(compte(), seance)
    run_task(travail, seance)
    travail.refresh_from_db()
    assert (travail.etat, travail.message) == ("echec", module_pdf.MANQUE)


def test_task_that_breaks_says_so_in_a_sentence(seance, monkeypatch):
    def breaks(chiffres):
        raise ZeroDivisionError

    monkeypatch.setattr(fabrique, "render_pdf", breaks)
    travail = ask(compte(), seance)
    with pytest.raises(ZeroDivisionError):
        run_task(travail, seance)
    assert Travail.objects.get(pk=travail.pk).message == tasks.ECHEC


def test_pack_names_functions_and_no_person(seance, fausse_mise_en_page):
    accident = f.AccidentFactory(agent=f.AgentFactory(nom="Waheo", prenom="Rosalie"), jours_saisis=3)
    texte = words_of(make(seance).chiffres)
    assert "Conseiller de prévention" in texte
    for nom in ("Wadrenges", "Gaston", "Waheo", "Rosalie", accident.numero):
        assert nom not in texte


def test_pack_promises_no_more_than_it_holds(seance, fausse_mise_en_page):
    texte = words_of(make(seance).chiffres)
    assert "la section les relit avant diffusion" in texte
    for promesse in ("jamais un agent", "reconnaître une personne", "puisse être reconnu"):
        assert promesse not in texte


def test_missing_hours_are_announced(seance, fausse_mise_en_page):
    f.HeuresTravaillees.objects.filter(annee=2026, mois=5).delete()
    texte = words_of(make(seance).chiffres)
    assert "heures de mai 2026 non saisies" in texte
    assert "n.c." in texte


@needs_pango
def test_pdf_holds_the_pack(seance):
    edition = make(seance)
    assert bytes(edition.pdf).startswith(b"%PDF-")
    assert edition.pages >= 6


@needs_pango
def test_command_writes_the_bytes_of_its_edition(seance, tmp_path, capsys):
    sortie = tmp_path / "pack.pdf"
    call_command("pack_chct", du=PERIODE.debut, au=PERIODE.fin, sortie=sortie)
    edition = Edition.objects.get()
    assert sortie.read_bytes() == bytes(edition.pdf)
    assert edition.seance == seance
    assert edition.sha256 in capsys.readouterr().out


@pytest.mark.parametrize(
    "options, phrase",
    [
        ({"seance": 99}, "Aucune séance du CHCT ne porte le numéro 99."),
        ({"du": PERIODE.fin, "au": PERIODE.debut}, "La fin de la période précède son début."),
        ({"du": PERIODE.debut, "au": datetime.date(2026, 6, 29)}, "du 01/01/2026 au 30/06/2026."),
        ({"au": datetime.date(2100, 1, 31)}, "Le dernier mois entier est fini le"),
        ({"sortie": "absent"}, "n’existe pas"),
    ],
)
def test_command_refuses_in_a_sentence(seance, tmp_path, options, phrase):
    sortie = tmp_path / options.pop("sortie", "") / "pack.pdf"
    with pytest.raises(CommandError, match=phrase):
        call_command("pack_chct", sortie=sortie, **options)
    assert not Edition.objects.exists()


def test_command_without_pango_names_the_packages(seance, tmp_path, monkeypatch):
    def absent(nom):
        raise OSError

    monkeypatch.setattr(module_pdf.importlib, "import_module", absent)
    with pytest.raises(CommandError, match="apt-get install"):
        call_command("pack_chct", sortie=tmp_path / "pack.pdf")
    assert not Edition.objects.exists()


def test_fingerprint_does_not_depend_on_the_order_of_keys():
    un = write_canonical({"a": 1, "b": ["é", None]})
    assert un == write_canonical({"b": ["é", None], "a": 1})
    assert shorten(fingerprint(un)) == f"{fingerprint(un)[:4]} {fingerprint(un)[4:8]}"


def test_fingerprint_refuses_floats():
    with pytest.raises(TypeError):
        write_canonical({"a": [{"b": 0.1}]})


def test_rank_is_unique_in_the_database(seance, fausse_mise_en_page):
    make(None)
    with pytest.raises(IntegrityError), transaction.atomic():
        freeze_edition(
            acteur=None,
            seance=None,
            periode=PERIODE,
            chiffres=build(seance=None, periode=PERIODE, rang=1, jour=JOUR),
            pdf=b"",
            pages=1,
            travail=None,
        )


@pytest.mark.parametrize(
    "fin, mois, periode",
    [
        (datetime.date(2026, 6, 30), ["janvier", "juin"], "du 1<sup>er</sup> janvier au 30 juin 2026"),
        (datetime.date(2027, 1, 31), ["janvier 2026", "janvier 2027"], "au 31 janvier 2027"),
    ],
)
def test_months_are_named_without_the_year_that_heads_their_columns(seance, fin, mois, periode):
    dossier = Dossier(build(seance=seance, periode=Periode(PERIODE.debut, fin), rang=1, jour=JOUR))
    assert [dossier.accidents[0].nom, dossier.accidents[-1].nom] == mois
    assert periode in render_to_string(
        "reporting/dossier/_couverture.html", {"dossier": dossier, "pdf": True}
    )


@pytest.mark.parametrize(
    "nombres, phrase",
    [
        ((4, 1, 4), "9 accidents avec arrêt dans la période. Les mois les plus touchés sont janvier et mars, "
                    "avec 4 accidents chacun."),
        ((0, 3, 2), "5 accidents avec arrêt dans la période. Le mois le plus touché est février, "
                    "avec 3 accidents."),
        ((1, 1, 0), "2 accidents avec arrêt dans la période."),
        ((2, 2, 2), "6 accidents avec arrêt dans la période."),
    ],
)  # fmt: skip
def test_the_months_with_most_accidents_are_said_in_a_sentence(nombres, phrase):
    assert find_peak(list(zip(("janvier", "février", "mars"), nombres, strict=True))) == phrase


def test_a_browser_that_shows_the_pdf_finds_the_icon_it_asks_for(client):
    assert client.get("/favicon.ico")["Location"].endswith("images/favicon.svg")
