"""Half-days: opened one by one or in series, filled, closed; nobody is in two places."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from agents.rules.absences import Arret
from nouvea_sst.comptes.enums import Role
from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import JourFerie
from tests.agents.factories import AbsenceFactory, AgentFactory, SiteFactory
from tests.fabriques import compte, log_in
from tests.visites.factories import (
    MotifFactory,
    RegleVisiteFactory,
    VisiteDueFactory,
    VisiteFactory,
)
from visites.actions import change_state, fill_half_day, open_half_days, plan_visite
from visites.enums import EtatVisite
from visites.models import DemiJournee, Visite
from visites.planning import appointments_of
from visites.rules.creneaux import days_of, hours_of, hours_taken
from visites.rules.remplissage import Cadre, Candidat, fill, move, tell_gesture, tell_why

JOUR = datetime.date(2026, 11, 23)  # a Monday
LUNDI = datetime.date(2026, 11, 30)
H = datetime.time


def candidate(due, **champs):
    """A visit due for a week, of nobody in particular."""
    champs = {
        "agent": due,
        "nom": f"Agent {due}",
        "motif": "Visite périodique",
        "nature": "vip",
        "priorite": 50,
        "echeance": JOUR - datetime.timedelta(days=7),
    } | champs
    return Candidat(due=due, **champs)


def cadre(*heures, role=Role.MEDECIN):
    """A half-day at the depot with these free hours."""
    return Cadre(JOUR, LUNDI, heures or (H(8), H(8, 15)), "Dépôt", role)


def test_slots_end_before_the_half_day_does():
    assert hours_of(H(8), H(9), 25) == [H(8), H(8, 25)]


def test_an_hour_that_a_longer_visit_covers_is_taken():
    assert hours_taken([H(8), H(8, 15), H(8, 30)], 15, [(H(8), 20)]) == {H(8), H(8, 15)}


def test_a_series_skips_days_off_and_tells_them():
    serie = days_of(LUNDI, LUNDI + datetime.timedelta(days=28), 2, {datetime.date(2026, 12, 14): "Pont"})
    assert serie.jours == [LUNDI, datetime.date(2026, 12, 28)]
    assert serie.passes == [(datetime.date(2026, 12, 14), "Pont")]


def test_the_most_urgent_are_proposed_and_the_next_stand_in_reserve():
    tard = candidate(1, echeance=JOUR - datetime.timedelta(days=30))
    urgent, autre = candidate(2, priorite=10, echeance=JOUR), candidate(3)
    resultat = fill(cadre(), [autre, tard, urgent])
    assert [c.due for c in resultat.proposes] == [2, 1]
    assert [c.due for c in resultat.reserve] == [3]


def test_those_of_one_site_follow_each_other():
    candidats = [candidate(1, site="A"), candidate(2, site="B"), candidate(3, site="A")]
    resultat = fill(cadre(H(8), H(8, 15), H(8, 30)), candidats)
    assert [c.site for c in resultat.proposes] == ["A", "A", "B"]


@pytest.mark.parametrize(
    ("champs", "raison"),
    [
        ({"placee_le": LUNDI}, "Une visite est déjà placée le 30/11/2026."),
        ({"embauche": datetime.date(2026, 12, 1)}, "L’agent n’arrive que le 01/12/2026."),
        ({"depart": JOUR}, "L’agent part le 23/11/2026."),
        ({"absences": [Arret(JOUR, LUNDI)]}, "Absent ce jour-là, jusqu’au 30/11/2026."),
        ({"propre_dossier": True}, "C’est votre propre dossier, ou celui du professionnel."),
    ],
)
def test_who_cannot_come_is_passed_over_with_why(champs, raison):
    resultat = fill(cadre(), [candidate(1, **champs)])
    assert resultat.proposes == []
    assert [r for _, r in resultat.ecartes] == [raison]


def test_a_nurse_is_proposed_no_examination():
    resultat = fill(cadre(role=Role.INFIRMIER), [candidate(1, nature="examen"), candidate(2)])
    assert [c.due for c in resultat.proposes] == [2]


def test_who_is_absent_in_the_afternoon_may_come_in_the_morning():
    apres_midi = Arret(LUNDI, LUNDI, debut_apres_midi=True)
    assert fill(cadre(), [candidate(1, absences=[apres_midi])]).proposes


def test_a_proposal_says_why():
    assert tell_why(cadre(), candidate(1, manques=2, site="Dépôt")) == (
        "7 jours de retard, 2 rendez-vous manqués, travaille sur place"
    )


@pytest.mark.parametrize(
    ("geste", "cle", "apres"),
    [
        ("monter", 2, [2, 1, 3]),
        ("monter", 1, [1, 2, 3]),
        ("descendre", 2, [1, 3, 2]),
        ("retirer", 2, [1, 3]),
        ("prendre", 9, [1, 2, 3, 9]),
        ("", 2, [1, 2, 3]),
    ],
)
def test_gestures_move_one_person(geste, cle, apres):
    assert move([1, 2, 3], geste, cle) == apres


@pytest.fixture
def medecin(db):
    load_parametres(acteur=None)
    return compte(Role.MEDECIN, first_name="Anne", last_name="Le Goff")


def opened(medecin, **champs):
    """A half-day of the doctor, from eight to nine."""
    champs = {"date": LUNDI, "debut": H(8), "fin": H(9), "duree": 15, "capacite": 4} | champs
    champs.setdefault("lieu", SiteFactory.create())
    return DemiJournee.objects.create(professionnel=medecin, **champs)


def series(medecin, **champs):
    """What the coordinator types to open half-days."""
    champs = {"date": LUNDI, "debut": H(8), "fin": H(9), "duree": 15} | champs
    return open_half_days(
        acteur=compte(Role.COORDINATEUR),
        jour=JOUR,
        professionnel=medecin,
        lieu=SiteFactory.create(),
        **champs,
    )


def test_a_series_opens_each_half_day_but_on_days_off(medecin):
    JourFerie.objects.create(date=datetime.date(2026, 12, 7), libelle="Pont")
    ouvertes, serie = series(medecin, semaines=1, jusqu_au=datetime.date(2026, 12, 14))
    assert [d.date for d in ouvertes] == [LUNDI, datetime.date(2026, 12, 14)]
    assert serie.passes == [(datetime.date(2026, 12, 7), "Pont")]
    assert ouvertes[0].capacite == 4


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"date": JOUR - datetime.timedelta(days=3)}, "date", "Le 20/11/2026 est passé."),
        ({"date": datetime.date(2026, 12, 5)}, "date", "Le 05/12/2026 est un samedi."),
        ({"date": datetime.date(2026, 12, 25)}, "date", "Le 25/12/2026 est férié ou chômé."),
        ({"fin": H(7)}, "fin", "La fin précède le début."),
        ({"duree": 90}, "duree", "Aucun créneau de 90 minutes ne tient entre ces heures."),
    ],
)
def test_a_half_day_that_cannot_be_is_refused_beside_its_field(medecin, champs, champ, phrase):
    JourFerie.objects.create(date=datetime.date(2026, 12, 25), libelle="Noël")
    with pytest.raises(ValidationError) as refus:
        series(medecin, **champs)
    assert refus.value.message_dict == {champ: [phrase]}


def test_a_professional_has_no_two_half_days_at_once(medecin):
    opened(medecin)
    with pytest.raises(ValidationError, match="déjà une demi-journée à ces heures, le 30/11/2026"):
        series(medecin, debut=H(8, 30), fin=H(10))
    opened(medecin, debut=H(9), fin=H(10))


def test_a_doctor_opens_no_half_day_of_another(medecin):
    with pytest.raises(PermissionDenied):
        open_half_days(
            acteur=compte(Role.MEDECIN),
            jour=JOUR,
            professionnel=medecin,
            lieu=SiteFactory.create(),
            date=LUNDI,
            debut=H(8),
            fin=H(9),
            duree=15,
        )


def make_dues(nombre):
    """Visits due of so many agents."""
    regle = RegleVisiteFactory.create()
    return [VisiteDueFactory.create(regle=regle) for _ in range(nombre)]


def test_filling_places_each_visit_for_what_is_due_in_its_slot(medecin):
    demi, dues = opened(medecin, duree=20), make_dues(2)
    choix = [(dues[1].pk, H(8)), (dues[0].pk, H(8, 20))]
    acteur = compte(Role.COORDINATEUR)
    assert fill_half_day(acteur=acteur, jour=JOUR, demi_journee=demi, version=1, choix=choix) == 2
    placees = appointments_of(demi)
    assert [(r.visite.due_id, r.heure, r.visite.duree) for r in placees] == [
        (dues[1].pk, H(8), 20),
        (dues[0].pk, H(8, 20), 20),
    ]


def test_filling_places_nobody_when_one_cannot_come(medecin):
    demi, dues = opened(medecin), make_dues(2)
    AbsenceFactory.create(agent=dues[0].agent, date_debut=LUNDI, date_fin=LUNDI)
    choix = [(dues[0].pk, H(8)), (dues[1].pk, H(8, 15))]
    with pytest.raises(ValidationError) as refus:
        fill_half_day(acteur=compte(Role.COORDINATEUR), jour=JOUR, demi_journee=demi, version=1, choix=choix)
    assert list(refus.value.message_dict) == [str(dues[0].pk)]
    assert not Visite.objects.exists()


def test_a_half_day_closes_once_it_is_said_who_came(medecin):
    demi = opened(medecin)
    visite = VisiteFactory.create(professionnel=medecin, date=LUNDI, heure=H(8), demi_journee=demi, duree=15)
    acteur = compte(Role.COORDINATEUR)
    with pytest.raises(ValidationError, match="1 visite y est encore placée"):
        change_state(acteur=acteur, demi_journee=demi, version=1, vers="close")
    Visite.objects.filter(pk=visite.pk).update(etat=EtatVisite.ABSENT)
    assert change_state(acteur=acteur, demi_journee=demi, version=1, vers="close").etat == "close"


def test_the_database_refuses_two_visits_that_overlap(medecin):
    VisiteFactory.create(professionnel=medecin, date=LUNDI, heure=H(8), duree=30)
    with pytest.raises(IntegrityError, match="visites_professionnel_une_a_la_fois"), transaction.atomic():
        VisiteFactory.create(professionnel=medecin, date=LUNDI, heure=H(8, 15), duree=15)
    premiere = VisiteFactory.create(date=LUNDI, heure=H(8), duree=30)
    with pytest.raises(IntegrityError, match="visites_agent_une_a_la_fois"), transaction.atomic():
        VisiteFactory.create(
            agent=premiere.agent, motif=MotifFactory(code="x"), date=LUNDI, heure=H(8, 20), duree=15
        )
    VisiteFactory.create(professionnel=medecin, date=LUNDI, heure=H(8, 30), duree=15)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_place_one_slot_at_once_one_wins_and_nine_are_told():
    load_parametres(acteur=None)
    medecin, acteur, motif = compte(Role.MEDECIN), compte(Role.COORDINATEUR), MotifFactory.create()
    opened(medecin)
    agents = [AgentFactory.create() for _ in range(10)]
    depart, phrases = threading.Barrier(10), []

    def place(agent):
        try:
            depart.wait()
            plan_visite(
                acteur=acteur,
                jour=JOUR,
                agent=agent,
                motif=motif,
                nature="examen",
                date=LUNDI,
                heure=H(8),
                professionnel=medecin,
            )
        except ValidationError as refus:
            phrases.extend(refus.message_dict["heure"])
        finally:
            connection.close()

    fils = [threading.Thread(target=place, args=[agent]) for agent in agents]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert Visite.objects.filter(etat=EtatVisite.PLACEE).count() == 1
    assert len(phrases) == 9
    assert all(phrase.startswith("Ce professionnel a déjà une visite à") for phrase in phrases)


def hours_shown(client, page):
    """The hours that the page of filling shows and sends back."""
    return [f"{heure:%H:%M}" for heure in client.get(page).context["heures"]]


@pytest.mark.sans_n_plus_1
def test_a_page_whose_hours_were_taken_meanwhile_places_nobody(medecin, monkeypatch):
    """Each would get another hour than the one that was read."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: JOUR)
    demi, dues = opened(medecin, capacite=3), make_dues(4)
    client = log_in(compte(Role.COORDINATEUR))
    page = reverse("visites:remplir", args=[demi.pk])
    heures = hours_shown(client, page)
    envoi = {"due": [dues[0].pk], "heure": heures, "version": 1, "confirmer": "1"}
    assert client.post(page, envoi).status_code == 302
    envoi |= {"due": [dues[1].pk, dues[2].pk]}
    reponse = client.post(page, envoi)
    assert "Quelqu’un a changé cette demi-journée" in reponse.content.decode()
    assert [ligne["candidat"].due for ligne in reponse.context["lignes"]] == [dues[1].pk, dues[2].pk]
    assert Visite.objects.count() == 1
    relue = {
        "heure": [f"{h:%H:%M}" for h in reponse.context["heures"]],
        "version": reponse.context["version"],
    }
    assert client.post(page, envoi | relue).status_code == 302
    reponse = client.post(page, envoi | {"due": [dues[3].pk]})
    assert "n’a plus aucun créneau libre" in reponse.content.decode()
    assert Visite.objects.count() == 3


@pytest.mark.sans_n_plus_1  # each placement asks its own questions, under lock
def test_a_gesture_places_nothing_and_confirming_places_the_list(medecin, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: JOUR)
    demi, dues = opened(medecin, capacite=2), make_dues(3)
    client = log_in(compte(Role.COORDINATEUR))
    page = reverse("visites:remplir", args=[demi.pk])
    deux = [dues[0].pk, dues[1].pk]
    reponse = client.post(page, {"due": deux, "version": 1, "geste": f"monter:{deux[1]}"})
    assert [ligne["candidat"].due for ligne in reponse.context["lignes"]] == deux[::-1]
    assert not Visite.objects.exists()
    heures = hours_shown(client, page)
    client.post(page, {"due": deux[::-1], "heure": heures, "version": 1, "confirmer": "1"})
    assert list(Visite.objects.order_by("heure").values_list("due", flat=True)) == deux[::-1]


def test_a_slot_taken_meanwhile_comes_back_beside_its_row(medecin, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: JOUR)
    demi, dues = opened(medecin, capacite=2), make_dues(1)
    VisiteFactory.create(agent=dues[0].agent, motif=dues[0].motif, date=LUNDI)
    client = log_in(compte(Role.COORDINATEUR))
    page = reverse("visites:remplir", args=[demi.pk])
    envoi = {"due": [dues[0].pk], "heure": hours_shown(client, page), "version": 1, "confirmer": "1"}
    reponse = client.post(page, envoi)
    assert reponse.context["lignes"][0]["refus"] == ["Déjà placée le 30/11/2026 pour ce motif : déplacez-la."]


@pytest.mark.parametrize(
    ("cle", "cible", "apres", "dit"),
    [
        (3, 1, [3, 1, 2], "C passe au rang 1 sur 3."),
        (1, 3, [2, 3, 1], "A passe au rang 3 sur 3."),
        (2, 9, [1, 9, 3], "Z remplace B."),
        (9, 2, [1, 9, 3], "Z remplace B."),
        (8, 9, [1, 2, 3], "Rien n’a changé."),
    ],
)
def test_put_down_one_takes_the_rank_or_the_other_comes(cle, cible, apres, dit):
    assert move([1, 2, 3], "poser", cle, cible) == apres
    assert tell_gesture([1, 2, 3], apres, cle, {1: "A", 2: "B", 3: "C", 9: "Z"}) == dit


def test_a_visit_moved_on_the_page_of_a_half_day_comes_back_there(medecin, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: JOUR)
    demi = opened(medecin, duree=20, capacite=3)
    visite = VisiteFactory.create(
        professionnel=medecin, date=LUNDI, heure=H(8), demi_journee=demi, duree=20, nature="examen"
    )
    page = reverse("visites:deplacer", args=[visite.pk])
    saisie = {"date": "30/11/2026", "heure": "08:20", "professionnel": medecin.pk, "suite": "demi_journee"}
    client = log_in(compte(Role.COORDINATEUR))
    reponse = client.post(page, saisie | {"version": 1})
    assert reponse.url == reverse("visites:demi_journee", args=[demi.pk])
    visite.refresh_from_db()
    assert visite.heure == H(8, 20)
    ancienne = client.post(page, saisie | {"version": 1, "heure": "08:40"})
    assert ancienne.context["form"].conflit is not None
    assert ancienne.context["form"]["heure"].value() == "08:40"


def test_nobody_opens_a_half_day_where_no_visit_may_be_placed(medecin):
    loin = JOUR.replace(year=JOUR.year + 10)
    with pytest.raises(ValidationError, match="trop loin") as refus:
        series(medecin, date=loin + datetime.timedelta(days=(7 - loin.weekday()) % 7))
    assert set(refus.value.message_dict) == {"date"}
    with pytest.raises(ValidationError, match="trop loin") as refus:
        series(medecin, semaines=1, jusqu_au=loin)
    assert set(refus.value.message_dict) == {"jusqu_au"}
    assert not DemiJournee.objects.exists()
