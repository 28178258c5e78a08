"""« Visites à prévoir »: views with their counts, filters, reasons, for whom."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.mesures import Compteur
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AgentFactory, PosteFactory, StructureFactory
from tests.visites.factories import JOUR, MotifFactory, VisiteFactory, held
from visites.actions import refresh_suivis
from visites.models import Suivi, VisiteDue
from visites.tasks import refresh_on_demand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
D = datetime.date
ADRESSE = "/visites/"


@pytest.fixture
def ville():
    """One agent in each state; the late one has been seen, the never seen one is not due yet."""
    direction = StructureFactory(sigle="DAF", niveau="direction")
    garage = StructureFactory(sigle="ATM", niveau="service", parent=direction)
    renforce = PosteFactory(categorie_suivi="renforce")
    agents = {
        "retard": AgentFactory(nom="Bouquet", matricule="3318", structure=garage, poste=renforce, statut="C"),
        "bientot": AgentFactory(nom="Delmas"),
        "a_jour": AgentFactory(nom="Streiff"),
        "jamais": AgentFactory(nom="Wassaumi", date_embauche=D(2026, 11, 1)),
        "exclus": AgentFactory(nom="Maire", est_elu=True),
        "sans_date": AgentFactory(nom="Inconnu", date_embauche=None),
    }
    held(agent=agents["retard"], date=D(2022, 6, 14))
    held(agent=agents["bientot"], date=D(2024, 12, 24))
    held(agent=agents["a_jour"], date=D(2026, 6, 1))
    VisiteFactory(agent=agents["retard"], motif=MotifFactory(code="periodique"), date=D(2026, 11, 26))
    VisiteFactory(agent=agents["exclus"], heure=None)
    VisiteFactory(agent=agents["sans_date"], date=D(2026, 11, 20))
    refresh_suivis(acteur=None, jour=JOUR)
    return agents


def due_of(agent):
    return VisiteDue.objects.open().get(agent=agent)


def names(reponse):
    return {ligne.record.agent.nom for ligne in reponse.context["table"].rows}


@pytest.mark.parametrize(
    "parametres, noms",
    [
        ("", {"Bouquet", "Delmas", "Streiff", "Wassaumi", "Inconnu"}),
        ("echeance=retard", {"Bouquet"}),
        ("echeance=bientot", {"Delmas"}),
        ("echeance=a_jour", {"Delmas", "Streiff", "Wassaumi"}),
        ("echeance=jamais", {"Wassaumi", "Inconnu"}),
        ("echeance=placees", {"Bouquet", "Inconnu"}),
        ("echeance=exclus", {"Maire"}),
        ("au=23/12/2026", {"Bouquet"}),
        ("au=24/12/2026", {"Bouquet", "Delmas"}),
        ("du=14/06/2026&au=14/06/2026", {"Bouquet"}),
        ("du=15/06/2026&au=24/12/2026", {"Delmas"}),
        ("echeance=ecartees", set()),
        ("echeance=manques", set()),
        ("retard=3-6", {"Bouquet"}),
        ("retard=0-3", set()),
        ("retard=6-12", set()),
        ("manques=oui", set()),
        ("conclusion=apte", {"Bouquet", "Delmas", "Streiff"}),
        ("conclusion=differe", set()),
        ("q=bouquet", {"Bouquet"}),
        ("q=9003318", {"Bouquet"}),
        ("statut=C", {"Bouquet"}),
        ("categorie=renforce", {"Bouquet"}),
        ("q=personne", set()),
    ],
)
def test_each_filter_gives_exactly_its_rows(client_de, ville, parametres, noms):
    reponse = client_de("coordinateur").get(f"{ADRESSE}?{parametres}")
    assert names(reponse) == noms
    assert reponse.context["total"] == len(noms)


@pytest.mark.parametrize("nom", ["direction", "structure"])
def test_structure_holds_those_below_it(client_de, ville, nom):
    structure = ville["retard"].structure
    cle = structure.direction_id if nom == "direction" else structure.pk
    assert names(client_de().get(f"{ADRESSE}?{nom}={cle}")) == {"Bouquet"}


def test_counts_of_the_views_are_those_of_their_rows(client_de, ville):
    client = client_de("coordinateur")
    for vue in client.get(ADRESSE).context["vues"]:
        assert client.get(vue["url"]).context["total"] == vue["compte"], vue["libelle"]


def test_late_comes_first_and_unknown_last(client_de, ville):
    lignes = client_de().get(ADRESSE).context["table"].rows
    noms = [ligne.record.agent.nom for ligne in lignes]
    assert (noms[0], noms[-1]) == ("Bouquet", "Inconnu")


def test_row_says_how_late_and_when_placed(client_de, ville):
    texte = client_de().get(ADRESSE + "?echeance=retard").content.decode()
    for mots in ("163 j de retard", "14/06/2026", "26/11/2026", "Visite périodique, suivi renforcé", "ATM"):
        assert mots in texte


def test_reason_opens_without_script(client_de, ville):
    due = due_of(ville["retard"])
    texte = client_de().get(f"{ADRESSE}?pourquoi={due.pk}").content.decode()
    for mots in (
        "Pourquoi le 14/06/2026",
        "La règle, version du 01/01/2000",
        "valeur du référentiel du 02/07/2020",
        "14/06/2022 + 48 mois = 14/06/2026",
        "Texte publié",
        "dimanche 14/06/2026",
        "Calculé le",
        "Fermer",
        "Voir ses visites",
    ):
        assert mots in texte


def test_hypothesis_is_called_so(client_de, ville):
    due = due_of(ville["bientot"])
    assert "Hypothèse à confirmer" in client_de().get(f"{ADRESSE}?pourquoi={due.pk}").content.decode()


def test_placing_is_offered_until_a_visit_is_placed(client_de, ville):
    for nom, offert in (("bientot", True), ("retard", False)):
        due = due_of(ville[nom])
        texte = client_de().get(f"{ADRESSE}?pourquoi={due.pk}").content.decode()
        assert (reverse("visites:placer", args=[due.agent_id]) in texte) == offert


def test_reader_who_does_not_place_is_not_offered_to(client_de, ville):
    due = due_of(ville["bientot"])
    texte = client_de("rh").get(f"{ADRESSE}?pourquoi={due.pk}").content.decode()
    assert "Pourquoi le" in texte and "Placer la visite" not in texte


def test_excluded_row_says_why(client_de, ville):
    suivi = Suivi.objects.get(agent=ville["exclus"])
    texte = client_de().get(f"{ADRESSE}?echeance=exclus&pourquoi={suivi.pk}").content.decode()
    assert "Élu" in texte and "Pourquoi aucune échéance" in texte
    ligne = LigneJournal.objects.get(acte="visites.list")
    assert ligne.objet_libelle == "1 agent (État : Hors du suivi)"


def test_workbook_holds_dates_and_the_same_rows(client_de, ville):
    reponse = client_de().get(ADRESSE + "?echeance=retard&format=xlsx")
    lignes = list(load_workbook(io.BytesIO(reponse.content)).active.values)
    entetes = dict(zip(lignes[0], lignes[1], strict=True))
    assert len(lignes) == 2
    assert (entetes["Matricule"], entetes["Agent"]) == ("3318", "BOUQUET Joseph")
    assert entetes["Prévision"] == datetime.datetime(2026, 6, 14)  # noqa: DTZ001
    assert (entetes["État"], entetes["Direction"]) == ("163 j de retard", "DAF")
    assert "Explication" not in entetes


def test_whole_list_may_be_printed(client_de, ville):
    reponse = client_de().get(ADRESSE + "?imprimer=1")
    assert names(reponse) >= {"Bouquet", "Inconnu"} and "Pourquoi" not in reponse.content.decode()


def test_list_leaves_one_line_with_filter_and_count(client_de, ville):
    client_de("medecin").get(ADRESSE + "?echeance=retard")
    ligne = LigneJournal.objects.get(acte="visites.list")
    assert ligne.objet_libelle == "1 visite (État : En retard)"


def test_line_says_that_the_list_left_as_a_workbook(client_de, ville):
    client_de("medecin").get(ADRESSE + "?echeance=retard&format=xlsx")
    ligne = LigneJournal.objects.get(acte="visites.list")
    assert ligne.objet_libelle == "1 visite (État : En retard) en xlsx"


def test_explanation_in_the_list_leaves_a_line_that_names_the_agent(client_de, ville):
    due = due_of(ville["retard"])
    for cle in (due.pk, "", "0", "x", "9" * 30):
        assert client_de("medecin").get(ADRESSE, {"pourquoi": cle}).status_code == 200
    lignes = LigneJournal.objects.filter(acte="visites.pourquoi")
    assert list(lignes.values_list("agent_cle", "nature")) == [(str(due.agent_id), "consultation")]


def test_empty_house_says_so(client_de):
    texte = client_de().get(ADRESSE).content.decode()
    assert "Aucune échéance n’a encore été calculée" in texte


@pytest.mark.parametrize(
    "role, statut",
    [
        ("coordinateur", 200),
        ("chef", 200),
        ("medecin", 200),
        ("infirmier", 200),
        ("rh", 200),
        ("encadrant", 403),
        ("agent", 403),
        ("psychologue", 403),
        ("preventeur", 403),
        ("chct", 403),
        ("auditeur", 403),
        ("administrateur", 403),
    ],
)
def test_who_may_open_the_list(client_de, ville, role, statut):
    assert client_de(role).get(ADRESSE).status_code == statut


def test_only_the_coordinator_recomputes(client_de):
    assert client_de("medecin").post("/visites/calcul/").status_code == 403
    reponse = client_de("coordinateur").post("/visites/calcul/")
    travail = Travail.objects.get()
    assert reponse.url == f"/travaux/{travail.pk}/"
    AgentFactory()
    refresh_on_demand(travail_id=travail.pk)
    travail.refresh_from_db()
    assert (travail.etat, travail.adresse_resultat, travail.fait) == ("termine", ADRESSE, 1)
    assert travail.message == "1 agent, visites dues : 1 créée, 0 modifiée, 0 gardée, 0 close"


@pytest.mark.parametrize("sortie", [{"imprimer": "1"}, {"format": "xlsx"}, {}])
@pytest.mark.parametrize("role", ["chef", "coordinateur"])
def test_late_list_with_a_proof_open_costs_fifteen_questions_at_most(client_de, role, sortie):
    client = client_de(role)
    type(client.compte).objects.filter(pk=client.compte.pk).update(suit_travaux=True)
    AgentFactory.create_batch(3, date_embauche=D(2020, 1, 1))
    refresh_suivis(acteur=None, jour=JOUR)
    preuve = VisiteDue.objects.open().first().pk
    for criteres in ({"echeance": "retard"}, {"echeance": "retard", "pourquoi": preuve}):
        client.get(reverse("visites:liste"), criteres | sortie)
        with Compteur() as compteur:
            assert client.get(reverse("visites:liste"), criteres | sortie).status_code == 200
        assert len(compteur) <= 15, compteur
