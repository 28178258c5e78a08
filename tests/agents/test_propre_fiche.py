"""Nobody handles his own file: the acts themselves refuse it, whatever page calls them."""

import pytest
from django.core.exceptions import PermissionDenied

from agents import actions
from agents.models import Absence, Affectation, RaisonSuivi
from agents.perms import is_own_file
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import (
    JOUR,
    AbsenceFactory,
    AffectationFactory,
    AgentFactory,
    StructureFactory,
    TypeAbsenceFactory,
)
from tests.fabriques import compte

pytestmark = pytest.mark.django_db
DATES = {"date_debut": JOUR, "date_fin": JOUR}


@pytest.fixture
def rh():
    return compte("rh")


@pytest.fixture
def agent(rh):
    return AgentFactory(compte=rh)


def acts(agent):
    """Every act on one agent's file, to be called with acteur=."""
    absence = AbsenceFactory(agent=agent)
    affectation = AffectationFactory(agent=agent)
    raison = RaisonSuivi.objects.create(agent=agent, categorie="renforce", date_debut=JOUR)
    type_absence, structure = TypeAbsenceFactory(), StructureFactory()
    return {
        "update_agent": {"agent_id": agent.pk, "version": 1, "jour": JOUR, "champs": {"statut": "C"}},
        "create_absence": {"agent_id": agent.pk, "jour": JOUR, "type": type_absence, **DATES},
        "update_absence": {
            "absence_id": absence.pk,
            "version": 1,
            "jour": JOUR,
            "type": type_absence,
            **DATES,
        },
        "delete_absence": {"absence_id": absence.pk, "version": 1},
        "set_affectation": {"agent_id": agent.pk, "jour": JOUR, "structure": structure, "date_debut": JOUR},
        "update_affectation": {
            "affectation_id": affectation.pk,
            "version": 1,
            "jour": JOUR,
            "structure": structure,
            "date_debut": JOUR,
        },
        "close_affectation": {"affectation_id": affectation.pk, "jour": JOUR, "date_fin": JOUR},
        "open_raison": {"agent": agent, "categorie": "renforce", "date_debut": JOUR},
        "close_raison": {"raison_id": raison.pk, "date_fin": JOUR},
    }


def state():
    return [list(m.objects.order_by("pk").values()) for m in (Absence, Affectation, RaisonSuivi)]


def test_no_act_reaches_ones_own_file(rh, agent):
    actes = acts(agent)
    avant = state()
    for nom, arguments in actes.items():
        with pytest.raises(PermissionDenied, match="propre fiche"):
            getattr(actions, nom)(acteur=rh, **arguments)
    assert state() == avant and not LigneJournal.objects.exists()


@pytest.mark.parametrize("nom", ["update_agent", "delete_absence", "close_affectation", "close_raison"])
def test_a_colleague_and_the_system_may(agent, nom):
    for acteur in (compte("rh"), None):
        arguments = acts(AgentFactory(compte=compte("agent")))[nom]
        getattr(actions, nom)(acteur=acteur, **arguments)
    assert LigneJournal.objects.filter(acte=f"agents.{nom}").count() == 2


def test_agents_without_account_are_nobodys_file(rh):
    assert not is_own_file(rh, AgentFactory())
    assert not is_own_file(None, AgentFactory())
