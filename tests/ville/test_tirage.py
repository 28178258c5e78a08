"""The demonstration city: same seed and day, same city; nothing that contradicts itself."""

import datetime
from collections import defaultdict

import pytest

from nouvea_sst.ville.tirage import draw_city

JOUR = datetime.date(2026, 11, 24)


@pytest.fixture(scope="module")
def ville():
    return draw_city(jour=JOUR, nombre=400, annees=3, graine=1)


def test_same_seed_and_day_give_the_same_city(ville):
    assert draw_city(jour=JOUR, nombre=400, annees=3, graine=1) == ville
    assert draw_city(jour=JOUR, nombre=400, annees=3, graine=2).agents != ville.agents


def test_as_many_present_agents_as_asked(ville):
    presents = [a for a in ville.agents if a.date_depart is None and not a.est_elu]
    assert len(presents) == 400
    assert sum(a.est_elu for a in ville.agents) == 12


def test_matricules_are_unique_and_structures_exist(ville):
    assert len({a.matricule for a in ville.agents}) == len(ville.agents)
    assert {a.structure for a in ville.agents} <= {s.sigle for s in ville.structures}


def test_lives_are_in_order(ville):
    for agent in ville.agents:
        assert agent.date_naissance < agent.date_embauche
        assert agent.date_depart is None or agent.date_embauche <= agent.date_depart <= JOUR


def test_absences_do_not_overlap_and_end_before_departure(ville):
    departs = {a.matricule: a.date_depart for a in ville.agents}
    par_agent = defaultdict(list)
    for absence in ville.absences:
        assert absence.debut <= absence.fin
        depart = departs[absence.matricule]
        assert depart is None or absence.fin <= depart
        par_agent[absence.matricule].append(absence)
    for absences in par_agent.values():
        absences.sort(key=lambda a: a.debut)
        for avant, apres in zip(absences, absences[1:], strict=False):
            assert avant.fin < apres.debut


def rows_by_agent(lignes):
    """Rows by agent, in their order."""
    par_agent = defaultdict(list)
    for ligne in lignes:
        par_agent[ligne.matricule].append(ligne)
    return par_agent


@pytest.mark.parametrize("nom", ["carrieres", "positions"])
def test_careers_and_positions_follow_on_from_the_hire(ville, nom):
    par_agent = rows_by_agent(getattr(ville, nom))
    for agent in ville.agents:
        lignes = par_agent[agent.matricule]
        if nom == "positions" and agent.est_elu:
            assert lignes == []
            continue
        assert lignes[0].debut == agent.date_embauche
        for avant, apres in zip(lignes, lignes[1:], strict=False):
            assert avant.debut <= avant.fin == apres.debut - datetime.timedelta(days=1)
        if nom == "carrieres":
            assert lignes[-1].categorie == agent.code_categorie
            assert lignes[-1].fin == agent.date_depart
        else:
            assert lignes[-1].fin is None
            assert (lignes[-1].code in {"RT", "DE", "FC"}) == bool(agent.date_depart)


def test_positions_tell_of_the_long_leaves(ville):
    assert {p.code for p in ville.positions} == {"01", "30", "35", "41", "53", "RT", "DE", "FC"}
    longues = {(a.matricule, a.debut) for a in ville.absences if a.type == 77}
    par_agent = rows_by_agent(ville.positions)
    for matricule, debut in longues:
        assert any(p.code == "41" and p.debut <= debut <= (p.fin or debut) for p in par_agent[matricule])


def test_contracts_are_of_those_who_are_no_civil_servants(ville):
    agents = {a.matricule: a for a in ville.agents}
    sous_contrat = {a.matricule for a in ville.agents if a.statut in {"C", "CC"}}
    assert {c.matricule for c in ville.contrats} == sous_contrat
    for contrat in ville.contrats:
        agent = agents[contrat.matricule]
        assert contrat.debut == agent.date_embauche <= contrat.fin_essai
        assert (contrat.fin is None) == (contrat.nature == "cdi" and agent.date_depart is None)
        assert contrat.fin is None or contrat.fin_essai <= contrat.fin


def test_leave_of_an_accident_starts_the_day_after(ville):
    avec = [a for a in ville.accidents if a.arrets]
    assert avec
    assert all(a.arrets[0].debut == a.date + datetime.timedelta(days=1) for a in avec)
    assert all(arret in ville.absences for a in avec for arret in a.arrets)


def test_some_accidents_keep_nobody_away(ville):
    sans = [a for a in ville.absences if a.sans_arret]
    assert sans and all(a.debut == a.fin == a.date_accident for a in sans)
    connus = {(a.matricule, a.date) for a in ville.accidents if not a.arrets}
    assert {(a.matricule, a.debut) for a in sans} <= connus


def test_visits_are_held_on_working_days_of_present_agents(ville):
    agents = {a.matricule: a for a in ville.agents}
    for visite in ville.visites:
        agent = agents[visite.matricule]
        assert not agent.est_elu
        assert visite.date.weekday() < 5
        assert agent.date_depart is None or visite.date < agent.date_depart
        assert (visite.etat == "realisee") == bool(visite.conclusion)


def test_nobody_is_seen_by_two_at_once(ville):
    places = [(v.professionnel, v.date, v.heure) for v in ville.visites if v.heure]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("jour", [datetime.date(2026, 11, 22), JOUR])
def test_the_doctor_has_a_half_day_to_conclude(jour):
    placees = {
        v.date for v in draw_city(jour=jour, nombre=400, annees=3, graine=1).visites if v.etat == "placee"
    }
    assert min(placees) == (datetime.date(2026, 11, 20) if jour.day == 22 else jour)


def test_one_next_session_is_being_prepared(ville):
    preparees = [s for s in ville.seances if s.etat == "preparee"]
    assert len(preparees) == 1
    assert preparees[0].date >= JOUR


@pytest.mark.parametrize(
    "jour", [datetime.date(2028, 2, 29), datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)]
)
def test_any_day_can_be_the_day_of_the_city(jour):
    assert draw_city(jour=jour, nombre=60, annees=1, graine=3).agents
