"""What the acts refuse and keep, beyond what the pages show."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from agents import actions
from agents.models import Affectation, Agent, Structure
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from signalements.models import Accident
from tests.agents.factories import (
    JOUR,
    AbsenceFactory,
    AffectationFactory,
    AgentFactory,
    PosteFactory,
    StructureFactory,
    TypeAbsenceFactory,
)

pytestmark = pytest.mark.django_db
D = datetime.date


def lines(acte):
    return LigneJournal.objects.filter(acte=acte).count()


def test_unchanged_correction_writes_nothing():
    agent = AgentFactory()
    changes = actions.update_agent(
        acteur=None, agent_id=agent.pk, version=1, jour=JOUR, champs={"nom": agent.nom}
    )
    agent.refresh_from_db()
    assert (changes, agent.version, lines("agents.update_agent")) == ([], 1, 0)


def test_field_that_one_does_not_type_is_refused():
    with pytest.raises(TypeError, match="nom_cle"):
        actions.create_agent(acteur=None, jour=JOUR, champs={"nom": "A", "prenom": "B", "nom_cle": "x"})


def test_homonym_without_birth_date_is_asked_about_too():
    AgentFactory(nom="Kaloi", date_naissance=None)
    champs = {"nom": "KALOÏ", "prenom": "Joseph", "date_naissance": D(1980, 1, 1)}
    with pytest.raises(actions.HomonymeAConfirmer):
        actions.create_agent(acteur=None, jour=JOUR, champs=champs)


def test_other_birth_date_is_another_person():
    AgentFactory(nom="Kaloi", date_naissance=D(1980, 1, 2))
    champs = {"nom": "Kaloi", "prenom": "Joseph", "date_naissance": D(1980, 1, 1)}
    assert actions.create_agent(acteur=None, jour=JOUR, champs=champs).pk


def test_bulk_entry_sets_the_sort_key_and_leaves_one_line():
    agents = [Agent(nom="Béa", prenom="Éloi"), Agent(nom="Œtjen", prenom="Jean")]
    actions.create_agents_in_bulk(acteur=None, agents=agents, libelle="essai")
    assert set(Agent.objects.values_list("nom_cle", flat=True)) == {"bea eloi", "oetjen jean"}
    assert lines("agents.create_agents_in_bulk") == 1


def affect(agent, debut, fin=None, **champs):
    return actions.set_affectation(
        acteur=None,
        agent_id=agent.pk,
        jour=JOUR,
        structure=champs.pop("structure", None) or StructureFactory(),
        date_debut=debut,
        date_fin=fin,
        **champs,
    )


def test_affectation_before_another_is_refused():
    ligne = AffectationFactory(date_debut=D(2020, 1, 1))
    for debut in (D(2020, 1, 1), D(2019, 12, 31)):
        with pytest.raises(ValidationError, match="01/01/2020"):
            affect(ligne.agent, debut)


def test_agent_follows_the_affectation_of_the_day():
    agent = AgentFactory(structure=None, poste=None)
    premiere = affect(agent, D(2027, 1, 1), intitule_poste="Nageur", libelle_site="Piscine")
    agent.refresh_from_db()
    assert (agent.structure, str(agent.poste), str(agent.site)) == (premiere.structure, "Nageur", "Piscine")


def test_affectation_typed_ahead_waits_for_its_day():
    ligne = AffectationFactory(agent__structure=StructureFactory())
    suivante = affect(ligne.agent, JOUR + datetime.timedelta(days=1), intitule_poste="Nageur")
    ligne.agent.refresh_from_db()
    assert ligne.agent.structure == ligne.structure
    assert actions.align_agents(acteur=None, jour=JOUR) == 0
    assert actions.align_agents(acteur=None, jour=JOUR + datetime.timedelta(days=1)) == 1
    ligne.agent.refresh_from_db()
    assert (ligne.agent.structure, ligne.agent.poste) == (suivante.structure, suivante.poste)
    assert lines("agents.align_agents") == 1


def test_corrected_affectation_may_not_overlap_another():
    agent = AgentFactory()
    ancienne = AffectationFactory(agent=agent, date_debut=D(2011, 3, 3), date_fin=D(2019, 12, 31))
    AffectationFactory(agent=agent, date_debut=D(2020, 1, 1))
    champs = {"structure": agent.structure, "date_debut": D(2011, 3, 3)}
    correct = {"acteur": None, "affectation_id": ancienne.pk, "version": 1, "jour": JOUR}
    for fin in (None, D(2020, 1, 1)):
        with pytest.raises(ValidationError, match="chevauche"):
            actions.update_affectation(**correct, **champs, date_fin=fin)
    actions.update_affectation(**correct, **champs, date_fin=D(2019, 6, 30))
    assert Affectation.objects.get(pk=ancienne.pk).date_fin == D(2019, 6, 30)
    with pytest.raises(VersionPerimee):
        actions.update_affectation(**correct, **champs, date_fin=D(2019, 5, 31))


def test_closed_affectation_stays_the_last_known_place():
    ligne = AffectationFactory()
    actions.close_affectation(acteur=None, affectation_id=ligne.pk, jour=JOUR, date_fin=D(2026, 6, 30))
    ligne.agent.refresh_from_db()
    assert ligne.agent.structure == ligne.structure
    with pytest.raises(ValidationError):
        actions.close_affectation(acteur=None, affectation_id=ligne.pk, jour=JOUR, date_fin=D(2011, 3, 2))


def test_moved_structure_takes_its_tree_along():
    une = StructureFactory(sigle="DA", niveau="direction")
    autre = StructureFactory(sigle="DB", niveau="direction")
    service = StructureFactory(sigle="SA", parent=une)
    section = StructureFactory(sigle="SSA", niveau="section", parent=service)
    champs = {"sigle": "SA", "libelle": "Service A", "niveau": "service"}
    actions.update_structure(acteur=None, structure_id=service.pk, version=1, parent=autre, **champs)
    section.refresh_from_db()
    assert section.chemin == f"{autre.pk}/{service.pk}/{section.pk}/"
    assert section.direction == autre
    assert lines("agents.update_structure") == 1


def test_structure_may_not_stand_under_itself():
    mere = StructureFactory(sigle="DA", niveau="direction")
    fille = StructureFactory(sigle="SA", parent=mere)
    champs = {"sigle": "DA", "libelle": "Direction A", "niveau": "direction", "version": 1}
    for parent in (mere, fille):
        with pytest.raises(ValidationError, match="elle-même"):
            actions.update_structure(acteur=None, structure_id=mere.pk, parent=parent, **champs)


def test_structure_closes_only_after_those_below():
    mere = StructureFactory(sigle="DA", niveau="direction")
    StructureFactory(sigle="SA", parent=mere)
    champs = {"sigle": "DA", "libelle": "Direction A", "niveau": "direction", "version": 1}
    with pytest.raises(ValidationError, match="Fermez d’abord"):
        actions.update_structure(acteur=None, structure_id=mere.pk, parent=None, date_fin=JOUR, **champs)


def test_sigle_of_an_open_structure_is_taken():
    StructureFactory(sigle="DA")
    with pytest.raises(ValidationError, match="ce sigle"):
        actions.create_structure(acteur=None, sigle="DA", libelle="Autre", niveau="service")
    Structure.objects.update(date_fin=JOUR)
    assert actions.create_structure(acteur=None, sigle="DA", libelle="Autre", niveau="service").chemin


def enter(agent, debut, fin, **champs):
    type_absence = champs.pop("type", None) or TypeAbsenceFactory()
    return actions.create_absence(
        acteur=None, agent_id=agent.pk, jour=JOUR, type=type_absence, date_debut=debut, date_fin=fin, **champs
    )


def test_morning_and_afternoon_of_one_day_stand_side_by_side():
    agent = AgentFactory()
    enter(agent, D(2026, 3, 1), D(2026, 3, 5), fin_matin=True)
    enter(agent, D(2026, 3, 5), D(2026, 3, 9), debut_apres_midi=True)
    with pytest.raises(ValidationError):
        enter(agent, D(2026, 3, 5), D(2026, 3, 5))


def test_prolongation_needs_an_absence_that_it_may_prolong():
    agent, autre = AgentFactory(), TypeAbsenceFactory(prolonge=False)
    enter(agent, D(2026, 3, 1), D(2026, 3, 5))
    for refuse in ({"type": autre, "debut": D(2026, 3, 6)}, {"type": None, "debut": D(2026, 3, 7)}):
        with pytest.raises(ValidationError, match="prolonger"):
            enter(agent, refuse["debut"], D(2026, 3, 9), type=refuse["type"], prolongation=True)
    assert enter(agent, D(2026, 3, 6), D(2026, 3, 9), prolongation=True).prolongation


def test_absence_that_an_accident_counts_is_not_deleted():
    absence = AbsenceFactory()
    accident = Accident.objects.create(
        agent=absence.agent, numero="AT-2026-001", date=JOUR, lieu="Anse Vata", circonstances="Chute"
    )
    accident.absences.add(absence)
    with pytest.raises(ValidationError, match="1 accident en dépend"):
        actions.delete_absence(acteur=None, absence_id=absence.pk, version=1)
    accident.absences.clear()
    actions.delete_absence(acteur=None, absence_id=absence.pk, version=1)
    assert lines("agents.delete_absence") == 1


def test_reason_for_a_closer_follow_up_is_opened_and_closed():
    raison = actions.open_raison(acteur=None, agent=AgentFactory(), categorie="adapte", date_debut=JOUR)
    with pytest.raises(ValidationError):
        actions.close_raison(acteur=None, raison_id=raison.pk, date_fin=D(2026, 11, 23))
    assert actions.close_raison(acteur=None, raison_id=raison.pk, date_fin=JOUR).date_fin == JOUR


def test_post_takes_another_follow_up():
    poste = PosteFactory()
    champs = {"intitule": " Égoutier  de nuit ", "categorie_suivi": "renforce"}
    actions.update_poste(acteur=None, poste_id=poste.pk, version=1, **champs)
    poste.refresh_from_db()
    assert (poste.intitule, poste.categorie_suivi) == ("Égoutier de nuit", "renforce")
    with pytest.raises(VersionPerimee):
        actions.update_poste(acteur=None, poste_id=poste.pk, version=1, **champs)


def test_reference_lists_are_loaded_once():
    assert actions.load_collectivites(acteur=None) == 3
    assert actions.load_collectivites(acteur=None) == 0
    assert actions.load_types_absence(acteur=None) == 13
    assert actions.load_types_absence(acteur=None) == 0
