"""Whether a visit may stand on a day and hour; which state follows which."""

import datetime

import pytest

from agents.rules.absences import Arret
from nouvea_sst.comptes.enums import Role
from visites.enums import EtatVisite, NatureVisite
from visites.rules.etats import TRANSITIONS, refuse_transition
from visites.rules.placement import Placement, Plage, absence_at, refuse_placement, slots

D, T = datetime.date, datetime.time
MARDI = D(2026, 11, 24)
JOURNEE = Plage(T(7), T(16), 15)


def refus(**champs):
    demande = {
        "jour": MARDI,
        "date": MARDI,
        "heure": T(9, 0),
        "nature": NatureVisite.EXAMEN,
        "role_professionnel": Role.MEDECIN,
        "horizon_mois": 24,
        "plage": JOURNEE,
    } | champs
    return refuse_placement(Placement(**demande))


def test_nothing_is_refused_on_a_plain_day():
    assert refus() == []


@pytest.mark.parametrize(
    "champs, champ, mot",
    [
        ({"date": D(2026, 11, 23)}, "date", "passé"),
        ({"date": D(2026, 11, 28)}, "date", "samedi"),
        ({"date": D(2026, 11, 29)}, "date", "dimanche"),
        ({"date": D(2026, 12, 25), "feries": {D(2026, 12, 25)}}, "date", "férié"),
        ({"embauche": D(2026, 11, 25)}, "date", "n’arrive que le 25/11/2026"),
        ({"depart": D(2026, 11, 23)}, "date", "part le 23/11/2026"),
        ({"date": D(2028, 11, 27)}, "date", "24 mois à l’avance, jusqu’au 24/11/2028"),
        ({"date": D(2028, 3, 1), "jour": D(2026, 2, 28)}, "date", "jusqu’au 28/02/2028"),
        ({"horizon_mois": None}, "date", "référentiel"),
        ({"absence": Arret(MARDI, D(2026, 12, 4))}, "malgre_absence", "absent jusqu’au 04/12/2026 :"),
        ({"absence": Arret(MARDI, MARDI, fin_matin=True)}, "malgre_absence", "24/11/2026 à midi :"),
        ({"est_elu": True}, "", "élu"),
        ({"propre_dossier": True}, "professionnel", "sa propre visite"),
        ({"motif_deja_place": D(2026, 12, 1)}, "motif", "01/12/2026"),
        ({"role_professionnel": Role.INFIRMIER}, "professionnel", "médecin"),
        ({"role_professionnel": Role.COORDINATEUR}, "professionnel", "infirmier"),
        ({"heure": T(6, 45)}, "heure", "entre 07:00 et 16:00"),
        ({"heure": T(16, 15)}, "heure", "entre 07:00 et 16:00"),
        ({"heures_prises": {T(9, 0), T(9, 30)}}, "heure", "09:15, 09:45, 10:00"),
    ],
)
def test_each_refusal_is_a_sentence_beside_its_field(champs, champ, mot):
    [(nom, phrase)] = refus(**champs)
    assert nom == champ and mot in phrase and phrase.endswith(".")


@pytest.mark.parametrize(
    "champs",
    [
        {"date": D(2028, 11, 24)},
        {"jour": D(2024, 2, 29), "date": D(2026, 2, 27)},
        {"absence": Arret(MARDI, MARDI), "malgre_absence": True},
        {"embauche": MARDI},
        {"depart": MARDI},
        {"heure": T(7, 0)},
        {"heure": T(16, 0)},
        {"nature": NatureVisite.VIP, "role_professionnel": Role.INFIRMIER},
        {"heures_prises": {T(9, 15)}},
    ],
)
def test_boundaries_are_accepted(champs):
    assert refus(**champs) == []


def test_last_slot_taken_offers_none():
    [(_, phrase)] = refus(heure=T(16, 0), heures_prises={T(16, 0)})
    assert "Libres" not in phrase


def test_slots_are_quarters_of_an_hour():
    heures = slots(JOURNEE)
    assert (heures[0], heures[1], heures[-1], len(heures)) == (T(7), T(7, 15), T(16), 37)


def test_another_day_gives_other_slots_and_refusals():
    courte = Plage(T(8), T(11), 30)
    assert slots(courte) == [T(8), T(8, 30), T(9), T(9, 30), T(10), T(10, 30), T(11)]
    assert refus(heure=T(7, 30)) == []
    [(champ, phrase)] = refus(heure=T(7, 30), plage=courte)
    assert champ == "heure" and "08:00 et 11:00" in phrase


@pytest.mark.parametrize(
    "heure, arrets, fin",
    [
        (T(9), [], None),
        (T(9), [Arret(D(2026, 11, 20), MARDI)], MARDI),
        (T(9), [Arret(D(2026, 11, 20), D(2026, 11, 23))], None),
        (T(9), [Arret(D(2026, 11, 25), D(2026, 11, 30))], None),
        (T(9), [Arret(MARDI, MARDI, debut_apres_midi=True)], None),
        (T(12), [Arret(MARDI, MARDI, debut_apres_midi=True)], MARDI),
        (T(11, 45), [Arret(MARDI, MARDI, fin_matin=True)], MARDI),
        (T(14), [Arret(D(2026, 11, 20), MARDI, fin_matin=True)], None),
        (T(9), [Arret(MARDI, D(2026, 11, 27)), Arret(D(2026, 11, 28), D(2026, 12, 4))], D(2026, 12, 4)),
        (T(9), [Arret(D(2026, 11, 25), D(2026, 12, 4)), Arret(MARDI, MARDI)], D(2026, 12, 4)),
        (T(9), [Arret(MARDI, D(2026, 11, 27)), Arret(D(2026, 11, 29), D(2026, 12, 4))], D(2026, 11, 27)),
        (T(9), [Arret(MARDI, D(2026, 12, 9)), Arret(D(2026, 11, 25), D(2026, 11, 26))], D(2026, 12, 9)),
    ],
)
def test_absence_is_told_to_the_end_of_those_that_follow_on(heure, arrets, fin):
    absence = absence_at(MARDI, heure, arrets)
    assert (absence.fin if absence else None) == fin


POSSIBLES = {
    ("a_placer", "placee"),
    ("a_placer", "annulee"),
    ("placee", "placee"),
    ("placee", "realisee"),
    ("placee", "absent"),
    ("placee", "excuse"),
    ("placee", "annulee"),
}


@pytest.mark.parametrize("depart", EtatVisite.values)
@pytest.mark.parametrize("arrivee", EtatVisite.values)
def test_only_these_changes_of_state_are_possible(depart, arrivee):
    assert (refuse_transition(depart, arrivee) == "") == ((depart, arrivee) in POSSIBLES)


def test_every_state_has_its_line():
    assert set(TRANSITIONS) == set(EtatVisite)
