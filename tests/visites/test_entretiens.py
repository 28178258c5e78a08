"""A psychologist's half-days: a slot is taken by nobody in particular, and few may know that it is."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.referentiel.actions import load_parametres
from tests.agents.factories import AgentFactory
from tests.fabriques import compte, log_in
from tests.visites.factories import DemiJourneeFactory, MotifFactory
from visites.actions import change_state, hold_slot, plan_visite
from visites.models import CreneauOccupe, Visite

JOUR = datetime.date(2026, 11, 23)  # a Monday
LUNDI = datetime.date(2026, 11, 30)
H = datetime.time
pytestmark = pytest.mark.django_db


@pytest.fixture
def psychologue():
    load_parametres(acteur=None)
    return compte(Role.PSYCHOLOGUE, first_name="Éric", last_name="Delmas")


@pytest.fixture
def demi(psychologue):
    """From eight to nine, four slots, two of them taken."""
    demi = DemiJourneeFactory.create(professionnel=psychologue, date=LUNDI, debut=H(8), fin=H(9))
    for heure in (H(8), H(8, 30)):
        hold_slot(acteur=psychologue, demi_journee=demi, heure=heure, occupe=True)
    return demi


def pages(role_ou_compte, demi):
    """The calendar and the half-day, as this account reads them; the day of the week is fixed."""
    user = compte(role_ou_compte) if isinstance(role_ou_compte, Role) else role_ou_compte
    client = log_in(user)
    semaine = client.get(reverse("visites:planning"), {"jour": f"{LUNDI:%Y-%m-%d}"})
    mois = client.get(reverse("visites:planning"), {"jour": f"{LUNDI:%Y-%m-%d}", "vue": "mois"})
    return semaine, mois, client.get(reverse("visites:demi_journee", args=[demi.pk]))


def test_no_column_of_a_taken_slot_can_say_who_took_it():
    assert {champ.name for champ in CreneauOccupe._meta.get_fields()} == {"id", "demi_journee", "heure"}


def test_a_slot_taken_twice_is_taken_once_and_freed(psychologue, demi):
    prendre = {"acteur": psychologue, "demi_journee": demi, "heure": H(8)}
    assert hold_slot(occupe=True, **prendre) is False
    assert hold_slot(occupe=False, **prendre) is True
    assert list(CreneauOccupe.objects.values_list("heure", flat=True)) == [H(8, 30)]


def test_an_hour_off_the_grid_is_refused_in_a_sentence(psychologue, demi):
    with pytest.raises(ValidationError, match="Ce créneau n’existe pas"):
        hold_slot(acteur=psychologue, demi_journee=demi, heure=H(8, 10), occupe=True)


@pytest.mark.parametrize("role", [Role.COORDINATEUR, Role.MEDECIN, Role.PSYCHOLOGUE])
def test_nobody_else_takes_or_frees_a_slot(demi, role):
    with pytest.raises(PermissionDenied):
        hold_slot(acteur=compte(role), demi_journee=demi, heure=H(8), occupe=False)
    assert CreneauOccupe.objects.count() == 2


def test_who_plans_for_the_section_reads_taken_slots_and_no_number(demi):
    semaine, _, page = pages(Role.COORDINATEUR, demi)
    assert semaine.text.count("créneau occupé") == 2
    assert page.text.count("créneau occupé") == 2
    assert "2/4" not in semaine.text + page.text
    assert semaine.context["prises"] == 0


@pytest.mark.parametrize("role", [Role.CHEF, Role.MEDECIN, Role.INFIRMIER, Role.RH])
def test_others_read_the_same_pages_whether_slots_are_taken_or_not(demi, role):
    user = compte(role)

    def bodies():
        return [p.text.split("<main", 1)[1].split("</main>", 1)[0] for p in pages(user, demi)]

    occupees = bodies()
    CreneauOccupe.objects.all().delete()
    assert bodies() == occupees
    assert all("créneau occupé" not in page for page in occupees)


def test_a_psychologist_reads_his_own_half_days_only(psychologue, demi):
    autre = DemiJourneeFactory.create(date=LUNDI)
    semaine, _, page = pages(psychologue, demi)
    assert page.status_code == 200
    assert "Libérer 08:00" in page.text
    assert "Anne Le Goff" not in semaine.text
    assert log_in(psychologue).get(reverse("visites:demi_journee", args=[autre.pk])).status_code == 404


def test_a_slot_is_taken_and_freed_on_the_page(psychologue, demi):
    client = log_in(psychologue)
    page = reverse("visites:creneau_occupe", args=[demi.pk])
    assert client.post(page, {"heure": "08:15", "occupe": "on"}).status_code == 302
    assert CreneauOccupe.objects.filter(heure=H(8, 15)).exists()
    client.post(page, {"heure": "08:15"})
    assert not CreneauOccupe.objects.filter(heure=H(8, 15)).exists()


def test_no_visit_is_placed_and_no_list_proposed_in_a_psychologists_hours(psychologue, demi):
    acteur = compte(Role.COORDINATEUR)
    with pytest.raises(ValidationError, match="avec un médecin ou un infirmier"):
        plan_visite(
            acteur=acteur,
            jour=JOUR,
            agent=AgentFactory.create(),
            motif=MotifFactory.create(),
            nature="vip",
            date=LUNDI,
            heure=H(8, 15),
            professionnel=psychologue,
        )
    assert log_in(acteur).get(reverse("visites:remplir", args=[demi.pk])).status_code == 404
    assert not Visite.objects.exists()


def test_a_half_day_with_taken_slots_is_not_cancelled(demi):
    with pytest.raises(ValidationError, match="libère d’abord ses créneaux"):
        change_state(acteur=compte(Role.COORDINATEUR), demi_journee=demi, version=1, vers="annulee")


def test_the_journal_says_no_hour(demi):
    lignes = LigneJournal.objects.filter(acte="visites.hold_slot")
    assert {ligne.objet_libelle for ligne in lignes} == {f"Demi-journée n° {demi.pk}"}
