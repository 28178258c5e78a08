"""What makes a visit due, at each threshold and boundary."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.visites.regles import (
    AT,
    CLD,
    CLM,
    ENFANT,
    HOSPITALISATION,
    JOUR,
    MATERNITE,
    MOTIFS,
    MP,
    NOMS,
    RECHUTE,
    REGLES,
    UN,
    D,
    answer,
    bareme,
    dues,
    stop,
    visit,
)
from visites.rules.bareme import Demande, Position
from visites.rules.regles import FAMILLES, Regle, word_condition, word_offset

DEBUT = D(2026, 8, 1)


@pytest.mark.parametrize(
    "jours, motif",
    [
        (29, None),
        (30, None),
        (31, "reprise_maladie"),
        (89, "reprise_maladie"),
        (90, "reprise_longue_maladie"),
        (91, "reprise_longue_maladie"),
    ],
)
def test_illness_thresholds(jours, motif):
    attendu = [(motif, DEBUT + (jours - 1) * UN + 2 * UN)] if motif else []
    assert dues(arrets=[stop(DEBUT, jours)]) == attendu


@pytest.mark.parametrize("jours, du", [(14, False), (15, False), (16, True)])
def test_accident_threshold(jours, du):
    attendu = [("reprise_accident", DEBUT + jours * UN)] if du else []
    assert dues(arrets=[stop(DEBUT, jours, AT)]) == attendu


@pytest.mark.parametrize(
    "type, motif", [(CLM, "fin_clm"), (CLD, "fin_cld"), (MP, "reprise"), (MATERNITE, "reprise")]
)
def test_some_leaves_always_ask_for_a_visit(type, motif):
    assert dues(arrets=[stop(DEBUT, 5, type)]) == [(motif, DEBUT + 5 * UN)]


def test_sick_child_asks_for_none():
    assert dues(arrets=[stop(DEBUT, 40, ENFANT)]) == []


@pytest.mark.parametrize("type", [HOSPITALISATION, CLM, CLD])
def test_chain_runs_across_kinds(type):
    arrets = [stop(D(2026, 7, 20), 20), stop(D(2026, 8, 9), 20, type)]
    [(motif, jour)] = dues(arrets=arrets)
    assert motif == {HOSPITALISATION: "reprise_maladie", CLM: "fin_clm", CLD: "fin_cld"}[type]
    assert jour == D(2026, 8, 29) + (0 if type != HOSPITALISATION else 1) * UN


@pytest.mark.parametrize("trou, du", [(0, True), (1, False)])
def test_a_day_of_work_cuts_the_chain(trou, du):
    arrets = [stop(DEBUT, 20), stop(DEBUT + (20 + trou) * UN, 20)]
    assert bool(dues(arrets=arrets)) == du


@pytest.mark.parametrize(
    "debut, jours",
    [(D(2025, 12, 20), 31), (D(2026, 1, 30), 31), (D(2026, 2, 20), 31), (D(2024, 2, 1), 31)],
)
def test_months_years_and_leap_days_do_not_matter(debut, jours):
    jour = debut + 60 * UN
    fin = debut + (jours - 1) * UN
    assert dues(arrets=[stop(debut, jours)], jour=jour, embauche=D(2010, 1, 1)) == [
        ("reprise_maladie", fin + 2 * UN)
    ]
    assert dues(arrets=[stop(debut, jours - 1)], jour=jour, embauche=D(2010, 1, 1)) == []


def test_a_relapse_is_counted_with_the_accident_that_it_follows():
    arrets = [stop(DEBUT, 10, AT, pk=1), stop(DEBUT + 10 * UN, 10, RECHUTE, pk=2, accident=1)]
    assert dues(arrets=arrets) == [("reprise_accident", DEBUT + 20 * UN)]


def test_an_illness_right_after_an_accident_is_one_leave_with_one_return():
    arrets = [stop(DEBUT, 10, AT), stop(DEBUT + 10 * UN, 25)]
    assert dues(arrets=arrets) == [("reprise_maladie", DEBUT + 36 * UN)]
    assert dues(arrets=[stop(DEBUT, 20, AT), stop(DEBUT + 20 * UN, 5)]) == [
        ("reprise_accident", DEBUT + 25 * UN)
    ]
    assert dues(arrets=[stop(DEBUT, 8, AT), stop(DEBUT + 8 * UN, 9)]) == []
    assert dues(arrets=[stop(DEBUT, 10, AT), stop(DEBUT + 10 * UN, 25, ENFANT)]) == []


def test_a_visit_of_return_serves_and_another_does_not():
    arret, fin = stop(DEBUT, 40), DEBUT + 39 * UN
    assert dues(arrets=[arret], tenues=[visit(fin + UN, "reprise_longue_maladie")]) == []
    assert dues(arrets=[arret], tenues=[visit(fin + UN, "sans_motif")]) == []
    assert dues(arrets=[arret], tenues=[visit(fin + UN, "periodique")]) == [("reprise_maladie", fin + 2 * UN)]
    assert dues(arrets=[arret], tenues=[visit(fin - UN, "reprise_maladie")]) == [
        ("reprise_maladie", fin + 2 * UN)
    ]


def test_a_visit_held_for_another_due_closes_only_its_own():
    arret = stop(DEBUT, 40, pk=5)
    fin = DEBUT + 39 * UN
    autre = visit(fin + UN, "reprise_maladie", due="arret:9")
    assert dues(arrets=[arret], tenues=[autre], connues={"arret:5"}) != []
    sienne = visit(fin - 5 * UN, "periodique", due="arret:5")
    assert dues(arrets=[arret], tenues=[sienne], connues={"arret:5"}) == []


def test_old_leave_is_not_dug_up_but_a_known_one_never_drops_out():
    arret = stop(D(2024, 3, 1), 40, pk=5)
    assert dues(arrets=[arret]) == []
    assert dues(arrets=[arret], connues={"arret:5"}) == [("reprise_maladie", D(2024, 4, 11))]


def test_leave_that_grows_keeps_its_occasion():
    premier, suite = stop(D(2026, 8, 10), 40, pk=5), stop(D(2026, 9, 19), 60, pk=6)
    avant = [d for d in answer(arrets=[premier]).dues if d.cle.startswith("arret")]
    apres = [d for d in answer(arrets=[premier, suite], connues={"arret:5"}).dues if d.cle[:5] == "arret"]
    assert [d.cle for d in avant] == [d.cle for d in apres] == ["arret:5"]
    plus_tot = stop(D(2026, 8, 1), 9, pk=4)
    [due] = [
        d for d in answer(arrets=[plus_tot, premier, suite], connues={"arret:5"}).dues if d.cle[:5] == "arret"
    ]
    assert due.cle == "arret:5"


@pytest.mark.parametrize("jours, du", [(89, False), (90, True)])
def test_visit_before_the_return_is_proposed_during_a_long_leave(jours, du):
    arret = stop(JOUR - 50 * UN, jours)
    proposees = [d for d in dues(arrets=[arret]) if d[0] == "prereprise"]
    assert proposees == ([("prereprise", arret.fin - 15 * UN)] if du else [])
    assert [d for d in dues(arrets=[stop(JOUR - 200 * UN, 150)]) if d[0] == "prereprise"] == []


@pytest.mark.parametrize(
    "embauche, motif",
    [
        (D(2026, 10, 1), "nouvel_arrivant"),
        (D(2025, 11, 25), "nouvel_arrivant"),
        (D(2025, 11, 24), "sans_visite"),
        (D(2006, 1, 1), "sans_visite"),
        (None, "sans_visite"),
    ],
)
def test_newcomer_before_never_seen(embauche, motif):
    base = {"derniere_visite": None, "derniere_visite_pk": None}
    [(nom, jour)] = dues(embauche=embauche, base=base)
    assert nom == motif and (jour is None) == (embauche is None)


def test_who_comes_back_after_years_is_a_newcomer_again():
    base = {"derniere_visite": D(2020, 5, 5), "derniere_visite_pk": 3}
    assert dues(embauche=D(2026, 10, 1), base=base) == [("nouvel_arrivant", D(2027, 1, 1))]
    recente = {"derniere_visite": D(2026, 2, 5), "derniere_visite_pk": 3}
    assert dues(embauche=D(2026, 10, 1), base=recente) == []


def position(debut, fin, code, actif, effectif):
    return Position(debut, fin, code, f"Position {code}", actif, effectif)


def test_return_from_a_position_out_of_the_staff():
    positions = [
        position(D(2024, 1, 1), D(2026, 12, 31), "53", False, False),
        position(D(2027, 1, 1), None, "01", True, True),
    ]
    reponse = answer(positions=positions)
    assert [(d.regle.code, d.jour) for d in reponse.dues] == [
        ("position", D(2026, 12, 17)),
        ("periodique", D(2030, 6, 2)),  # he is back by then
    ]
    assert reponse.exclusion["exclusion"] == "hors_effectif"
    assert dues(positions=positions, tenues=[visit(D(2026, 12, 20), "changement_position")]) == []


def test_position_out_of_the_staff_without_return_gives_nothing():
    reponse = answer(positions=[position(D(2024, 1, 1), None, "53", False, False)])
    assert reponse.dues == [] and reponse.exclusion["exclusion"] == "hors_effectif"


@pytest.mark.parametrize("suite, du", [("01", True), ("RT", False)])
def test_end_of_long_leave_known_by_the_position_alone(suite, du):
    positions = [
        position(D(2024, 1, 1), D(2025, 12, 31), "35", False, True),
        position(D(2026, 1, 1), D(2026, 9, 30), "36", False, True),
        position(D(2026, 10, 1), None, suite, suite == "01", True),
    ]
    assert dues(positions=positions) == ([("fin_clm", D(2026, 10, 1))] if du else [])
    arret = stop(D(2024, 1, 1), 1004, CLM)
    if du:
        assert [m for m, _ in dues(positions=positions, arrets=[arret])] == ["fin_clm"]


def test_requests_wait_for_their_own_visit():
    demande = Demande(4, "demande_agent", D(2026, 11, 10), None)
    assert dues(demandes=[demande]) == [("demande_agent", D(2026, 11, 25))]
    assert dues(demandes=[demande], tenues=[visit(D(2026, 11, 12), "periodique")]) == [
        ("demande_agent", D(2026, 11, 25))
    ]
    assert dues(demandes=[demande], tenues=[visit(D(2026, 11, 12), "demande_agent")]) == []
    voulue = Demande(4, "demande_service", D(2026, 11, 10), D(2026, 11, 14))
    assert dues(demandes=[voulue]) == [("demande_service", D(2026, 11, 14))]


def test_proof_of_a_request_tells_neither_who_nor_why():
    [due] = [
        d for d in answer(demandes=[Demande(4, "demande_agent", JOUR, None)]).dues if d.cle == "demande:4"
    ]
    assert "agent" not in str(due.preuve).lower().replace("visites:", "")


def test_missed_visits_are_counted_with_their_due_and_raise_it():
    manquees = [visit(D(2026, 12, 28), pk=31), visit(D(2027, 1, 7), pk=32)]
    reponse = answer(
        manquees=manquees,
        jour=D(2027, 1, 10),
        base={"derniere_visite": D(2021, 1, 1), "derniere_visite_pk": 2},
    )
    [due] = reponse.dues
    assert (due.absences, due.priorite) == (2, 10)
    assert due.preuve["faits"][-1]["valeur"] == "le 07/01/2027, 2e fois"


def test_missed_visit_that_nothing_else_asks_for_is_due_again_until_held():
    manquee = visit(D(2026, 11, 2), "demande_service", pk=31)
    assert dues(manquees=[manquee]) == [("demande_service", D(2026, 11, 17))]
    assert dues(manquees=[manquee], tenues=[visit(D(2026, 11, 9), "demande_service")]) == []
    assert dues(manquees=[manquee], tenues=[visit(D(2026, 11, 9), "periodique")]) != []


def test_missing_again_what_nothing_else_asks_for_counts_and_puts_nothing_off():
    premier, second = (
        visit(jour, "demande_service", pk=pk) for pk, jour in ((31, D(2026, 11, 2)), (32, JOUR))
    )
    [due] = [d for d in answer(manquees=[premier, second]).dues if d.cle.startswith("absence:")]
    assert (due.cle, due.jour, due.absences) == ("absence:31", D(2026, 11, 17), 2)
    assert [fait["valeur"][-9:] for fait in due.preuve["faits"]] == [" 1re fois", ", 2e fois"]
    entre = answer(manquees=[premier, second], tenues=[visit(D(2026, 11, 9), "demande_service")])
    [due] = [d for d in entre.dues if d.cle.startswith("absence:")]
    assert (due.cle, due.absences) == ("absence:32", 1)


def test_several_motives_stand_side_by_side():
    reponse = answer(
        arrets=[stop(DEBUT, 40), stop(D(2026, 10, 1), 20, AT)],
        demandes=[Demande(4, "demande_agent", JOUR, None)],
    )
    assert {d.regle.code for d in reponse.dues} == {"maladie", "accident", "demande_agent", "periodique"}


def test_rule_switched_off_makes_nothing_due():
    assert dues(arrets=[stop(DEBUT, 40)], regles={"maladie": None}) == []


def test_every_trigger_has_a_family_and_a_seed():
    assert set(REGLES) == {code.value for code in FAMILLES}
    assert all(word_condition(r) and word_offset(r) for r in REGLES.values())


@pytest.mark.parametrize("operateur, passent", [("gt", [3]), ("gte", [2, 3]), ("lt", [1]), ("lte", [1, 2])])
def test_operators_say_whether_the_bound_is_in(operateur, passent):
    une = Regle(1, "maladie", 1, "", D(2000, 1, 1), operateur=operateur, seuil=2)
    assert [n for n in (1, 2, 3) if une.accepts(n)] == passent


def naive(arrets, jour):
    """Day by day: which returns from illness are due, without chains nor bounds of months."""
    malades = {a.debut + n * UN for a in arrets for n in range((a.fin - a.debut).days + 1)}
    trouvees = []
    for j in sorted(malades):
        if j + UN in malades:
            continue
        nombre, recule = 0, j
        while recule in malades:
            nombre, recule = nombre + 1, recule - UN
        if nombre > 30 and j >= D(jour.year - 1, jour.month, jour.day):
            motif = "reprise_maladie" if nombre < 90 else "reprise_longue_maladie"
            trouvees.append((motif, j + 2 * UN))
    return trouvees


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 100)), max_size=8),
    st.sampled_from([D(2026, 11, 24), D(2026, 2, 28), D(2027, 1, 1), D(2025, 3, 31)]),
)
def test_same_answer_as_a_day_by_day_recomputation(arrets, jour):
    lus = [stop(jour - 560 * UN + n * UN, jours, pk=rang) for rang, (n, jours) in enumerate(arrets, 1)]
    faits = dues(arrets=lus, jour=jour, embauche=D(2010, 1, 1), regles={"prereprise": None})
    assert sorted(faits, key=lambda d: d[1]) == naive(lus, jour)


def test_scale_knows_which_motives_serve_for_each_other():
    echelle = bareme()
    assert echelle.serves(visit(JOUR, "fin_clm"), REGLES["accident"])
    assert echelle.serves(visit(JOUR, "suivi_adapte"), REGLES["sans_visite"])
    assert not echelle.serves(visit(JOUR, "demande_agent"), REGLES["demande_service"])
    assert MOTIFS["sans_motif"] == echelle.sans_motif


def test_twice_the_same_facts_the_same_answer():
    arrets = [stop(DEBUT, 40)]
    un, deux = answer(arrets=arrets), answer(arrets=arrets)
    assert [(d.cle, d.jour, d.preuve) for d in un.dues] == [(d.cle, d.jour, d.preuve) for d in deux.dues]


def test_one_return_after_an_accident_then_an_illness_names_both():
    arrets = [stop(DEBUT, 20, AT), stop(DEBUT + 20 * UN, 31)]
    [due] = [d for d in answer(arrets=arrets).dues if d.cle.startswith("arret:")]
    assert (NOMS[due.motif], due.jour) == ("reprise_maladie", DEBUT + 51 * UN)  # the accident's day, sooner
    assert "Vaut aussi pour" in str(due.preuve["faits"])
    assert "accident du travail de plus de 15 jours" in str(due.preuve["faits"])
    seule = [stop(DEBUT, 10, AT), stop(DEBUT + 10 * UN, 31)]
    [due] = [d for d in answer(arrets=seule).dues if d.cle.startswith("arret:")]
    assert "Vaut aussi pour" not in str(due.preuve["faits"])
