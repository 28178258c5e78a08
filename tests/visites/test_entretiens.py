"""A psychologist's half-days: a slot is taken by nobody in particular, and few may know that it is."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.referentiel.actions import load_parametres
from tests.agents.factories import AgentFactory, SiteFactory
from tests.fabriques import compte, log_in
from tests.visites.factories import (
    AbsenceProfessionnelFactory,
    DemiJourneeFactory,
    MotifFactory,
)
from visites.actions import change_state, hold_slot, open_half_days, plan_visite
from visites.models import AbsenceProfessionnel, CreneauOccupe, DemiJournee, Visite

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


def opening(acteur, professionnel, lieu):
    """Eight to nine of LUNDI, in slots of fifteen minutes."""
    return open_half_days(
        acteur=acteur,
        jour=JOUR,
        professionnel=professionnel,
        lieu=lieu,
        date=LUNDI,
        debut=H(8),
        fin=H(9),
        duree=15,
    )


def test_a_psychologist_opens_and_closes_his_own_half_days(psychologue, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: JOUR)
    client, lieu = log_in(psychologue), SiteFactory.create()
    saisie = {"professionnel": psychologue.pk, "lieu": lieu.pk, "date": f"{LUNDI:%d/%m/%Y}", "debut": "08:00"}
    saisie |= {"fin": "09:00", "duree": "15"}
    assert client.post(reverse("visites:ouvrir_demi_journee"), saisie).status_code == 302
    demi = DemiJournee.objects.get(professionnel=psychologue)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: LUNDI)
    page = client.get(reverse("visites:demi_journee", args=[demi.pk])).text
    assert "Clore la demi-journée" in page
    assert reverse("visites:presence", args=[demi.pk]) not in page
    etat = reverse("visites:demi_journee_etat", args=[demi.pk])
    assert client.post(etat, {"vers": "close", "version": demi.version}).status_code == 302
    demi.refresh_from_db()
    assert demi.etat == "close"


@pytest.mark.parametrize("role", [Role.MEDECIN, Role.PSYCHOLOGUE])
def test_a_psychologist_opens_nothing_for_another(psychologue, role):
    with pytest.raises(PermissionDenied):
        opening(psychologue, compte(role, username="autre"), SiteFactory.create())
    autre = DemiJourneeFactory.create(professionnel=compte(role, username="tiers"), date=LUNDI)
    with pytest.raises(PermissionDenied):
        change_state(acteur=psychologue, demi_journee=autre, version=autre.version, vers="annulee")
    etat = reverse("visites:demi_journee_etat", args=[autre.pk])
    assert log_in(psychologue).post(etat, {"vers": "annulee", "version": 1}).status_code == 404


def test_a_psychologist_notes_and_reads_his_own_absences_only(psychologue, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: JOUR)
    client, medecin = log_in(psychologue), compte(Role.MEDECIN)
    autre = AbsenceProfessionnelFactory.create(professionnel=medecin, date_debut=LUNDI, date_fin=LUNDI)
    saisie = {"nature": "conge", "date_debut": f"{LUNDI:%d/%m/%Y}"}
    page = reverse("visites:absence_ajouter")
    assert client.post(page, saisie | {"professionnel": medecin.pk}).status_code == 200
    assert client.post(page, saisie | {"professionnel": psychologue.pk}).status_code == 302
    assert AbsenceProfessionnel.objects.filter(professionnel=psychologue).count() == 1
    liste = client.get(reverse("visites:absences_professionnels"))
    assert [a.professionnel for a, _ in liste.context["a_venir"]] == [psychologue]
    assert client.get(reverse("visites:absence_corriger", args=[autre.pk])).status_code == 404


def ten_at_once(acte):
    """Run it ten times at the same moment; return what each returned, or the sentence that refused it."""
    depart, dits = threading.Barrier(10), []

    def run():
        try:
            depart.wait()
            dits.append(acte())
        except ValidationError as refus:
            dits.append(refus.messages[0])
        finally:
            connection.close()

    fils = [threading.Thread(target=run) for _ in range(10)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return dits


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_take_one_slot_at_once_one_takes_it():
    load_parametres(acteur=None)
    tenant = compte(Role.PSYCHOLOGUE)
    demi = DemiJourneeFactory.create(professionnel=tenant, date=LUNDI, debut=H(8), fin=H(9))
    dits = ten_at_once(lambda: hold_slot(acteur=tenant, demi_journee=demi, heure=H(8), occupe=True))
    assert sorted(dits) == [False] * 9 + [True]
    assert CreneauOccupe.objects.count() == 1
    assert LigneJournal.objects.filter(acte="visites.hold_slot").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_half_days_opened_at_once_at_the_same_hours_one_stays():
    load_parametres(acteur=None)
    tenant, lieu = compte(Role.PSYCHOLOGUE), SiteFactory.create()
    dits = ten_at_once(lambda: len(opening(tenant, tenant, lieu)[0]))
    assert dits.count(1) == 1
    assert sum(str(dit).startswith("Ce professionnel a déjà une demi-journée") for dit in dits) == 9
    assert DemiJournee.objects.count() == 1
