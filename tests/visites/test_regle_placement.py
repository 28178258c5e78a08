"""Whether a visit may stand on a day and hour; which state follows which."""

import datetime

import pytest

from nouvea_sst.comptes.enums import Role
from visites.enums import EtatVisite, NatureVisite
from visites.rules.etats import TRANSITIONS, refuse_transition
from visites.rules.placement import Placement, refuse_placement, slots

D, T = datetime.date, datetime.time
MARDI = D(2026, 11, 24)


def refus(**champs):
    demande = {
        "jour": MARDI,
        "date": MARDI,
        "heure": T(9, 0),
        "nature": NatureVisite.EXAMEN,
        "role_professionnel": Role.MEDECIN,
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
    assert (slots()[0], slots()[1], slots()[-1], len(slots())) == (T(7), T(7, 15), T(16), 37)


POSSIBLES = {
    ("a_placer", "placee"),
    ("a_placer", "annulee"),
    ("placee", "placee"),
    ("placee", "realisee"),
    ("placee", "absent"),
    ("placee", "annulee"),
}


@pytest.mark.parametrize("depart", EtatVisite.values)
@pytest.mark.parametrize("arrivee", EtatVisite.values)
def test_only_these_changes_of_state_are_possible(depart, arrivee):
    assert (refuse_transition(depart, arrivee) == "") == ((depart, arrivee) in POSSIBLES)


def test_every_state_has_its_line():
    assert set(TRANSITIONS) == set(EtatVisite)
