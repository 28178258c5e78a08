"""The load of the coming months: each number is the number of rows of the list that it opens."""

import datetime
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.mesures import Compteur
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AgentFactory
from tests.visites.factories import JOUR, RegleVisiteFactory, VisiteDueFactory, VisiteFactory
from visites.charge import AUTRES, PARTS
from visites.models import Motif, RegleVisite, Suivi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
ADRESSE = "/visites/charge/"
D = datetime.date
JOURS = (
    D(2025, 3, 1),
    D(2026, 10, 31),
    D(2026, 11, 1),
    D(2026, 11, 23),
    D(2026, 11, 30),
    D(2026, 12, 1),
    D(2027, 2, 28),
    D(2028, 10, 31),
)


@pytest.fixture
def dues():
    """Visits on both sides of each bound and of six motives; one beyond, one without day, one put aside."""
    for rang, motif in enumerate(Motif.objects.filter(regles__isnull=False).order_by("ordre")[:6]):
        regle = RegleVisite.objects.filter(motif=motif).first() or RegleVisiteFactory(motif=motif)
        for jour in JOURS[rang:]:
            make_due(regle, jour)
        make_due(regle, D(2028, 11, 1))
        make_due(regle, None)
        make_due(regle, D(2026, 11, 30), etat="ecartee", cloture="ecartee", close_le=JOUR)


def make_due(regle, jour, **champs):
    agent = AgentFactory()
    Suivi.objects.create(
        agent=agent, categorie="simple", regle="periodique", echeance=jour, calcule_le=timezone.now()
    )
    return VisiteDueFactory(agent=agent, regle=regle, calculee=jour, **champs)


def test_late_is_what_the_list_calls_late(client_de, dues):
    client = client_de()
    charge = client.get(ADRESSE).context["table"].charge
    assert client.get("/visites/?echeance=retard").context["total"] == charge.number(charge.periodes[0]) == 10


def test_one_motive_has_its_own_chart(client_de, dues):
    client = client_de()
    for motif in client.get(ADRESSE).context["par_motif"]:
        page = client.get(motif["seul"])
        (serie,) = page.context["graphique_charge"].series
        assert serie.nom == motif["libelle"]
        assert sum(serie.valeurs) == motif["nombre"] == client.get(motif["liste"]).context["total"]
    assert client.get(ADRESSE + "?motif=inconnu").context["choisi"] == ""


@pytest.mark.parametrize("role", ["coordinateur", "rh"])
def test_each_number_and_each_bar_opens_exactly_its_rows(client_de, dues, role):
    client = client_de(role)
    charge = client.get(ADRESSE).context["table"].charge
    ouverts = 0
    for periode in charge.periodes:
        for cles in [(), *((cle,) for cle in charge.motifs), *(cles for _, cles in charge.parts)]:
            nombre = charge.number(periode, *cles)
            if nombre:
                assert client.get(charge.address(periode, *cles)).context["total"] == nombre
                ouverts += 1
    for cle in charge.motifs:
        assert client.get(charge.address_of_all(cle)).context["total"] == charge.total(cle)
    assert client.get(charge.address_of_all()).context["total"] == charge.total()
    assert ouverts > 20


def test_months_hold_their_first_and_last_day_and_what_is_past_its_own_bar(client_de, dues):
    charge = client_de().get(ADRESSE).context["table"].charge
    nombres = {periode.libelle: charge.number(periode) for periode in charge.periodes}
    assert len(nombres) == 25
    assert nombres["En retard"] == 1 + 2 + 3 + 4
    assert (nombres["novembre 2026"], nombres["décembre 2026"]) == (5, 6)
    assert (nombres["février 2027"], nombres["octobre 2028"], nombres["janvier 2027"]) == (6, 6, 0)
    assert charge.total() == sum(nombres.values())


def test_bar_has_no_more_parts_than_colours_and_they_add_up(client_de, dues):
    charge = client_de().get(ADRESSE).context["table"].charge
    graphique = charge.draw()
    assert len(graphique.series) == PARTS and graphique.series[-1].nom == AUTRES
    for rang, periode in enumerate(charge.periodes):
        assert sum(serie.valeurs[rang] for serie in graphique.series) == charge.number(periode)
    assert graphique.titre.startswith(f"{charge.total()} visites à tenir d’ici fin octobre 2028, dont 10 en")


def test_who_may_not_know_who_asked_gets_the_public_wordings_added_up(client_de):
    for code in ("demande_agent", "demande_service"):
        make_due(RegleVisite.objects.get(motif__code=code), D(2027, 2, 3))
    page = client_de("rh").get(ADRESSE)
    charge = page.context["table"].charge
    assert list(charge.motifs.values()) == ["À la demande"] and charge.total() == 2
    assert (
        len(
            {
                cle
                for a in charge.totals_linked().values()
                for cle in parse_qs(urlsplit(a).query).get("motif", [])
            }
        )
        == 1
    )
    assert "du service" not in page.content.decode()


def test_workbook_has_every_motive_and_the_totals(client_de, dues):
    client = client_de()
    charge = client.get(ADRESSE).context["table"].charge
    feuille = load_workbook(io.BytesIO(client.get(ADRESSE + "?format=xlsx").content)).active
    tetes, *lignes, pied = feuille.iter_rows(values_only=True)
    assert set(charge.motifs.values()) <= set(tetes) and len(lignes) == 25
    assert pied[:2] == ("Total", charge.total())


def test_numbers_are_asked_for_in_one_statement(client_de, dues):
    client = client_de()
    client.get(ADRESSE)
    with Compteur() as sql:
        client.get(ADRESSE)
    assert sum("visites_visitedue" in texte and "GROUP BY" in texte for texte in sql.textes) == 1
    assert len(sql) <= 8, str(sql)


def test_nothing_due_says_so(client_de):
    assert "Aucune visite à prévoir" in client_de().get(ADRESSE).content.decode()


@pytest.mark.parametrize("suite", ["", "?echeance=retard", "?echeance=exclus", "?pourquoi={}"])
def test_list_asks_fifteen_questions_at_most(client_de, dues, suite):
    client = client_de()
    ligne = client.get("/visites/").context["table"].rows[0].record
    adresse = "/visites/" + suite.format(ligne.pk)
    client.get(adresse)
    with Compteur() as sql:
        assert client.get(adresse).status_code == 200
    assert len(sql) <= 15, str(sql)


@pytest.mark.parametrize("sortie", ["format=xlsx", "imprimer=1"])
def test_a_faulty_filter_gives_the_page_that_says_so_and_no_whole_list(client_de, dues, sortie):
    reponse = client_de().get(f"/visites/?du=29/02/2027&{sortie}")
    assert reponse["Content-Type"].startswith("text/html") and not reponse.context["imprimer"]
    assert reponse.context["filtre"].errors["du"]


@pytest.mark.parametrize("role", ["coordinateur", "medecin", "rh", "chef"])
@pytest.mark.parametrize("etat", ["en_cours", "termine"])
def test_list_with_a_proof_open_while_a_job_runs_or_ends(client_de, dues, role, etat):
    client = client_de(role)
    travail = Travail.objects.create(intitule="Calcul des échéances", demandeur=client.compte, etat=etat)
    Utilisateur.objects.filter(pk=client.compte.pk).update(suit_travaux=True)
    ligne = client.get("/visites/").context["table"].rows[0].record
    adresse = f"/visites/?pourquoi={ligne.pk}"
    client.get(adresse)
    with Compteur() as sql:
        page = client.get(adresse).content.decode()
    assert ('id="temoin"' if etat == "en_cours" else travail.intitule) in page
    assert len(sql) <= 15, str(sql)


@pytest.mark.parametrize("role", ["coordinateur", "rh"])
def test_those_that_have_an_appointment_are_exactly_the_rows_of_their_link(client_de, role):
    """One appointment serves for two visits due of the follow-up: both rows are placed and counted."""
    periodiques = [RegleVisite.objects.get(declencheur=code) for code in ("periodique", "nouvel_arrivant")]
    premiere = make_due(periodiques[0], D(2026, 12, 3), famille="periodique")
    suivi = VisiteDueFactory(
        agent=premiere.agent, regle=periodiques[1], calculee=D(2026, 12, 9), cle="autre", famille="initiale"
    )
    VisiteFactory(agent=premiere.agent, motif=suivi.motif, date=D(2026, 12, 2))
    make_due(periodiques[0], D(2026, 12, 4))
    tard = make_due(periodiques[0], D(2029, 1, 1))
    VisiteFactory(agent=tard.agent, motif=tard.motif, date=D(2026, 12, 2))
    client = client_de(role)
    page = client.get(ADRESSE)
    liste = client.get(page.context["adresse_placees"])
    assert page.context["placees"] == liste.context["total"] == 2
    assert {ligne.record for ligne in liste.context["table"].rows} == {premiere, suivi}
    placees = next(vue for vue in client.get("/visites/").context["vues"] if vue["libelle"] == "Placées")
    assert placees["compte"] == client.get(placees["url"]).context["total"] == 3


def test_a_version_to_come_is_told_and_not_counted(client_de, dues):
    client = client_de("coordinateur")
    avant = client.get(ADRESSE)
    assert "suivent encore la règle d’aujourd’hui" not in avant.content.decode()
    jour = timezone.localdate() + datetime.timedelta(days=30)
    RegleVisiteFactory(declencheur="maladie", libelle="Maladie de plus de 15 jours", date_effet=jour)
    apres = client.get(ADRESSE)
    assert apres.context["lignes_dues"] == avant.context["lignes_dues"]
    page = apres.content.decode()
    assert f"Une règle de visite change à partir du {jour:%d/%m/%Y}" in page and "de plus de 15" not in page
    lue = client_de("chef").get(ADRESSE).content.decode()
    assert f"« Maladie de plus de 15 jours » change à partir du {jour:%d/%m/%Y}" in lue
