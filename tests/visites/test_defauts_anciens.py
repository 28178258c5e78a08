"""The ten defects of the former monthly calculation (sirh.md §2.4), each where it gave a wrong row."""

from tests.visites import ancien_calcul as ancien
from tests.visites.regles import (
    AT,
    HOSPITALISATION,
    MALADIE,
    MP,
    RECHUTE,
    D,
    answer,
    dues,
    stop,
    visit,
)
from visites.rules.bareme import Demande, Position

OCTOBRE = (2026, 10)


def test_1_accident_and_illness_of_more_than_thirty_days_were_never_proposed():
    accident, maladie = stop(D(2026, 10, 1), 20, AT), stop(D(2026, 9, 1), 29)
    assert ancien.accident_or_illness([accident, maladie], *OCTOBRE) is None
    assert dues(arrets=[accident]) == [("reprise_accident", D(2026, 10, 21))]
    assert dues(arrets=[stop(D(2026, 9, 1), 35)]) == [("reprise_maladie", D(2026, 10, 7))]


def test_2_ninety_days_matched_nothing():
    arret = stop(D(2026, 8, 1), 90)
    assert ancien.illness([arret], *OCTOBRE) is None and ancien.long_illness([arret], *OCTOBRE) is None
    assert dues(arrets=[arret]) == [("reprise_longue_maladie", D(2026, 10, 31))]


def test_3_certificates_of_several_months_were_not_added_up():
    mois = [stop(D(2026, 8, 10), 22), stop(D(2026, 9, 1), 20), stop(D(2026, 9, 21), 5)]
    assert ancien.illness(mois, 2026, 9) is None  # 25 days are seen of 47
    assert dues(arrets=mois) == [("reprise_maladie", D(2026, 9, 27))]
    coupes = [stop(D(2026, 7, 1), 31), stop(D(2026, 8, 1), 31), stop(D(2026, 9, 1), 30)]
    assert ancien.long_illness(coupes, 2026, 9) is None  # 30 days are seen of 92
    assert dues(arrets=coupes) == [("reprise_longue_maladie", D(2026, 10, 2))]


def test_3_bis_the_web_service_gave_three_hundred_rows():
    courts = [stop(D(2026, 9, 1), 1, pk=n) for n in range(300)]
    assert ancien.blocks([*courts, stop(D(2026, 9, 1), 40)], 2026, 9, {MALADIE})[0] == 1
    assert dues(arrets=[stop(D(2026, 9, 1), 40)]) == [("reprise_maladie", D(2026, 10, 12))]


def test_4_relapses_diseases_and_hospital_were_ignored():
    rechute = [stop(D(2026, 9, 1), 10, AT, pk=1), stop(D(2026, 9, 11), 20, RECHUTE, pk=2, accident=1)]
    assert ancien.blocks(rechute, 2026, 9, {77})[0] == 10
    assert dues(arrets=rechute) == [("reprise_accident", D(2026, 10, 1))]
    hopital = [stop(D(2026, 9, 1), 20, HOSPITALISATION), stop(D(2026, 9, 21), 20)]
    assert ancien.illness(hopital, 2026, 9) is None
    assert dues(arrets=hopital) == [("reprise_maladie", D(2026, 10, 12))]
    suite = [stop(D(2026, 9, 1), 10, AT), stop(D(2026, 9, 11), 25)]
    assert ancien.illness(suite, 2026, 9) is None
    assert dues(arrets=suite) == [("reprise_maladie", D(2026, 10, 7))]
    assert dues(arrets=[stop(D(2026, 9, 1), 8, MP)]) == [("reprise", D(2026, 9, 9))]


def test_5_those_who_missed_in_december_were_lost_and_the_counter_stood_still():
    manques = [D(2026, 11, 12), D(2026, 12, 15)]
    assert ancien.missed(manques, 2027, 1) == [D(2026, 11, 12)]
    assert ancien.missed_count([D(2026, 4, 15)]) == 0
    reponse = answer(
        jour=D(2027, 1, 4),
        manquees=[visit(jour, pk=30 + n) for n, jour in enumerate(manques)],
        base={"derniere_visite": D(2021, 5, 5), "derniere_visite_pk": 2},
    )
    assert [due.absences for due in reponse.dues] == [2]


def test_6_newcomers_showed_as_never_seen_and_requests_as_regular():
    embauche = D(2026, 10, 5)
    ligne = ancien.last_case_wins(ancien.newcomer(embauche, *OCTOBRE), ancien.never_seen([], *OCTOBRE))
    assert ligne == ("sans_visite", D(2026, 10, 15))
    jamais = {"derniere_visite": None, "derniere_visite_pk": None}
    assert dues(embauche=embauche, base=jamais) == [("nouvel_arrivant", D(2027, 1, 5))]
    placeholder = [(D(2026, 10, 8), 0)]
    assert ancien.regular(placeholder, *OCTOBRE) == ("reguliere", D(2026, 10, 8))
    demande = Demande(1, "demande_agent", D(2026, 10, 8), None)
    assert dues(demandes=[demande]) == [("demande_agent", D(2026, 10, 23))]


def test_7_an_old_visit_was_proposed_again_and_a_late_one_never():
    visites = [(D(2021, 10, 4), 60), (D(2026, 3, 2), 24)]
    assert ancien.regular(visites, *OCTOBRE) == ("reguliere", D(2026, 10, 4))
    base = {"statut": "F", "derniere_visite": D(2026, 3, 2), "derniere_visite_pk": 2}
    assert [due.jour for due in answer(base=base).dues] == [D(2028, 3, 2)]
    en_retard = [(D(2019, 3, 2), 24)]
    assert all(ancien.regular(en_retard, 2026, mois) is None for mois in range(1, 13))
    base = {"statut": "F", "derniere_visite": D(2019, 3, 2), "derniere_visite_pk": 2}
    assert [due.jour for due in answer(base=base).dues] == [D(2021, 3, 2)]


def test_8_a_visit_closed_what_it_was_not_for_and_left_what_it_was_for():
    assert ancien.close_up_to([(2015, 11), (2016, 2), (2016, 3)], 2016, 3) == [(2016, 2), (2016, 3)]
    arret, demande = stop(D(2026, 9, 1), 40, pk=5), Demande(4, "demande_agent", D(2026, 10, 1), None)
    connues = {"arret:5", "demande:4"}
    reponse = answer(
        arrets=[arret],
        demandes=[demande],
        connues=connues,
        tenues=[visit(D(2026, 10, 12), "demande_agent", due="demande:4")],
        manquees=[visit(D(2026, 10, 11), "reprise_maladie", pk=8, due="arret:5")],
    )
    assert set(reponse.servies) == {"demande:4"}
    [reprise] = [due for due in reponse.dues if due.cle == "arret:5"]
    assert reprise.absences == 1  # still missed, not « held »


def test_9_the_position_was_that_of_today():
    dehors = Position(D(2025, 1, 1), D(2026, 12, 31), "53", "Disponibilité", False, False)
    retour = Position(D(2027, 1, 1), None, "01", "Activité", True, True)
    assert not ancien.position_allows("53")  # January 2027 calculated today proposes nobody
    reponse = answer(positions=[dehors, retour])
    assert [(due.regle.code, due.jour) for due in reponse.dues][0] == ("position", D(2026, 12, 17))
    assert answer(positions=[dehors, retour], jour=D(2027, 1, 1)).exclusion is None


def test_9_bis_position_hire_and_departure_are_those_of_the_day_of_the_visit():
    base = {"statut": "F", "derniere_visite": D(2024, 12, 16), "derniere_visite_pk": 2}
    actif = Position(D(2015, 1, 1), D(2026, 11, 30), "01", "Activité", True, True)
    part = Position(D(2026, 12, 1), D(2027, 2, 28), "50", "Disponibilité", False, False)
    assert ancien.position_allows("01")  # December 2026 calculated today proposes who will be gone
    assert [d.jour for d in answer(base=base, positions=[actif]).dues] == [D(2026, 12, 16)]
    reponse = answer(base=base, positions=[actif, part])
    assert reponse.dues == [] and reponse.exclusion["exclusion"] == "hors_effectif"
    assert "La visite serait due le 16/12/2026" in reponse.exclusion["calcul"]
    for depart, du in ((D(2026, 12, 15), []), (D(2026, 12, 16), [D(2026, 12, 16)])):
        assert [d.jour for d in answer(base=base | {"depart": depart}).dues] == du
    jamais = {"derniere_visite": None, "derniere_visite_pk": None}
    assert dues(embauche=D(2026, 12, 1), base=jamais) == [("nouvel_arrivant", D(2027, 3, 1))]
    tardif = {"statut": "F", "derniere_visite": D(2024, 11, 1), "derniere_visite_pk": 2}
    assert [d.jour for d in answer(base=tardif, positions=[actif, part]).dues] == [D(2026, 11, 1)]
    assert answer(base=tardif, positions=[actif, part], jour=D(2026, 12, 1)).dues == []


def test_10_one_row_a_month_and_no_word_of_why():
    lignes = (ancien.regular([(D(2021, 10, 4), 60)], *OCTOBRE), ("maladie", D(2026, 10, 12)))
    assert ancien.last_case_wins(*lignes) == ("maladie", D(2026, 10, 12))
    base = {"derniere_visite": D(2021, 10, 4), "derniere_visite_pk": 2}
    reponse = answer(arrets=[stop(D(2026, 9, 1), 40)], base=base)
    assert {due.regle.code: due.jour for due in reponse.dues} == {
        "periodique": D(2026, 10, 4),
        "maladie": D(2026, 10, 12),
    }
    for due in reponse.dues:
        assert due.preuve["faits"] and due.preuve["calcul"] and due.preuve["version"] and due.preuve["source"]
