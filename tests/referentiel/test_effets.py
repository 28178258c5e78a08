"""The preview of a change says what then happens."""

import datetime
from decimal import Decimal
from unittest import mock

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from nouvea_sst.referentiel.actions import add_valeur, load_parametres
from nouvea_sst.referentiel.cles import all_cles, effect_of
from nouvea_sst.referentiel.models import Parametre
from signalements.models import Signalement
from signalements.parametres import read_seuils
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.fabriques import compte
from tests.signalements.factories import SignalementFactory
from tests.visites.factories import JOUR, VisiteFactory, held
from visites.actions import load_listes, load_regles, refresh_suivis
from visites.effets import count_moved
from visites.models import Suivi
from visites.parametres import read_plage, read_validites

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def regles(db):
    load_parametres(acteur=None)
    load_listes(acteur=None)
    load_regles(acteur=None)


@pytest.fixture
def jour():
    with mock.patch("django.utils.timezone.localdate", return_value=JOUR):
        yield JOUR


def change(code, nombre, date_effet=JOUR):
    lignes = Parametre.objects.filter(code=code)
    return add_valeur(
        acteur=compte(role_of(code)),
        jour=JOUR,
        code=code,
        version=sum(ligne.version for ligne in lignes),
        valeur=Decimal(nombre),
        date_effet=date_effet,
        source="Essai",
        fiabilite="usage",
    )


def role_of(code):
    return "administrateur" if all_cles()[code].domaine == "technique" else "chef"


def due_dates():
    return dict(Suivi.objects.values_list("agent_id", "echeance"))


def test_due_dates_that_the_preview_counts_are_those_that_move(regles):
    for statut, annee in (("C", 2024), ("C", 2025), ("F", 2024), ("F", 2026)):
        held(agent=AgentFactory(statut=statut), date=D(annee, 3, 1))
    AgentFactory(statut="C", date_embauche=D(2026, 9, 1))
    AgentFactory(est_elu=True)
    refresh_suivis(acteur=None, jour=JOUR)
    avant = due_dates()
    code = "visites.periodicite.simple"
    effet = effect_of(all_cles()[code], JOUR, Decimal(48))
    assert due_dates() == avant
    change(code, 48)
    refresh_suivis(acteur=None, jour=JOUR)
    apres = due_dates()
    assert effet.nombre == sum(apres[agent] != avant[agent] for agent in avant) == 2
    assert effet.phrase == "2 échéances se déplacent"


def test_a_change_in_force_queues_the_calculation_and_one_to_come_waits(regles):
    code = "visites.periodicite.adapte"
    change(code, 24, D(2027, 1, 1))
    taches = ProcrastinateJob.objects.filter(task_name="visites.refresh_suivis", status="todo")
    assert not taches.exists()
    change("visites.periodicite.renforce", 36)
    assert taches.count() == 1


def test_long_absences(regles, client_de, jour):
    for jours in (20, 40, 70):
        AbsenceFactory(agent=AgentFactory(), date_debut=JOUR - datetime.timedelta(days=jours), date_fin=JOUR)
    adresse = reverse("agents:liste") + "?absence=longue"
    client = client_de("chef")
    assert client.get(adresse).context["total"] == 2
    effet = effect_of(all_cles()["agents.absence_longue"], JOUR, Decimal(60))
    change("agents.absence_longue", 60)
    page = client.get(adresse)
    assert page.context["total"] == effet.nombre == 1
    assert "Absents depuis plus de 60 jours" in page.content.decode()


def test_classes_of_risk(regles):
    for gravite, probabilite in ((1, 2), (2, 3), (3, 4), (1, 3)):
        SignalementFactory(gravite=gravite, probabilite=probabilite)
    avant = read_seuils(JOUR)
    effet = effect_of(all_cles()["signalements.cotation.faible"], JOUR, Decimal(2))
    change("signalements.cotation.faible", 2)
    apres = read_seuils(JOUR)
    bouges = [s for s in Signalement.objects.all() if s.rate(avant).classe != s.rate(apres).classe]
    assert effet.nombre == len(bouges) == 1


def test_hours_of_visits(regles):
    VisiteFactory(heure=datetime.time(7, 30))
    VisiteFactory(heure=datetime.time(9, 0))
    effet = effect_of(all_cles()["visites.premier_creneau"], JOUR, Decimal(8))
    assert effet.nombre == 1
    change("visites.premier_creneau", 8)
    assert read_plage(JOUR).premier == datetime.time(8)
    assert read_plage(JOUR - datetime.timedelta(days=1)).premier == datetime.time(7)


def test_months_offered_follow_the_reference_data(regles):
    assert read_validites(JOUR) == [12, 24, 36]
    change("visites.validite.courte", 6)
    assert read_validites(JOUR) == [6, 24, 36]


def test_view_of_due_dates_to_come_follows_the_reference_data(regles, client_de, jour):
    held(agent=AgentFactory(statut="C"), date=D(2022, 1, 10))
    refresh_suivis(acteur=None, jour=JOUR)
    client = client_de("coordinateur")
    adresse = reverse("visites:liste") + "?echeance=bientot"
    assert client.get(adresse).context["total"] == 0
    effet = effect_of(all_cles()["visites.a_venir"], JOUR, Decimal(60))
    change("visites.a_venir", 60)
    page = client.get(adresse)
    assert page.context["total"] == effet.nombre == 1
    assert "Sous 60 jours" in page.content.decode()
    assert "60 jours" in client.get("/").content.decode()


def test_without_any_row_the_seed_stands():
    assert read_validites(JOUR) == [12, 24, 36]
    assert (read_seuils(JOUR).dernier_faible, read_seuils(JOUR).dernier_moyen) == (3, 8)


def test_preview_says_which_rule_lacks():
    load_parametres(acteur=None)
    effet = count_moved(JOUR, {"visites.periodicite.simple": Decimal(12)})
    assert effet.nombre == 0 and "Aucune règle de visite" in effet.phrase
