"""Rows of the journal for the guard of the lists."""

from typing import Any

from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory


def make_lignes(nombre: int, agent_cle: str = "") -> None:
    """Consultations of a file by a coordinateur."""
    LigneJournal.objects.bulk_create(
        LigneJournal(
            nature=NatureJournal.CONSULTATION,
            acteur_cle=f"coo{rang}",
            acteur_nom="Ana Wabete",
            role=Role.COORDINATEUR,
            acte="agents.agent",
            objet_type="agents.agent",
            objet_cle=agent_cle or str(rang),
            objet_libelle="KALOI Joseph",
            agent_cle=agent_cle or str(rang),
            requete=f"r-{rang}",
        )
        for rang in range(nombre)
    )


def fill_consultations(nombre: int) -> dict[str, Any]:
    """A file opened so many times."""
    agent = AgentFactory.create()
    make_lignes(nombre, str(agent.pk))
    return {"pk": agent.pk}
