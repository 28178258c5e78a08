"""How each view that takes away is asked: where its button stands, and which record goes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from signalements.models import Signalement
from tests.agents.factories import AbsenceFactory, AgentFactory, ExpositionFactory, PositionFactory
from tests.commissions.factories import agenda
from tests.imports.factories import CorrespondanceFactory
from tests.signalements.factories import SignalementFactory

LienAgent: Any = Signalement.agents.through


@dataclass(frozen=True)
class Retrait:
    """A record to take away: the page that offers it, its row."""

    page: str
    objet: Model
    adresse: str = ""
    role: Role = Role.COORDINATEUR

    def bytes(self) -> str:
        """Every column of the row as PostgreSQL writes it; empty once it is gone."""
        table = connection.ops.quote_name(self.objet._meta.db_table)
        with connection.cursor() as curseur:
            curseur.execute(f"SELECT t::text FROM {table} t WHERE id = %s", [self.objet.pk])  # noqa: S608
            return "".join(ligne[0] for ligne in curseur.fetchall())


def _absence() -> Retrait:
    ligne = AbsenceFactory(agent=AgentFactory())
    page = reverse("agents:absence_supprimer", args=[ligne.agent_id, ligne.pk])
    return Retrait(page, ligne)


def _position() -> Retrait:
    ligne = PositionFactory(agent=AgentFactory())
    page = reverse("agents:position_supprimer", args=[ligne.agent_id, ligne.pk])
    return Retrait(page, ligne)


def _exposition() -> Retrait:
    ligne = ExpositionFactory()
    page = reverse("agents:exposition_supprimer", args=[ligne.poste_id, ligne.pk])
    return Retrait(page, ligne)


def _point() -> Retrait:
    seance = agenda("A", "B", "C")
    point = seance.points.get(ordre=2)
    page = reverse("commissions:seance", args=[seance.pk])
    return Retrait(page, point, reverse("commissions:retirer_point", args=[seance.pk, point.pk]))


def _agent() -> Retrait:
    signalement, agents = SignalementFactory(), AgentFactory.create_batch(2)
    signalement.agents.set(agents)
    lien = LienAgent.objects.get(signalement=signalement, agent=agents[1])
    page = reverse("signalements:signalement", args=[signalement.pk])
    adresse = reverse("signalements:retirer_agent", args=[signalement.pk, agents[1].pk])
    return Retrait(page, lien, adresse)


def _correspondance() -> Retrait:
    ligne = CorrespondanceFactory()
    page = reverse("imports:correspondance", args=[ligne.pk])
    return Retrait(page, ligne, reverse("imports:retirer_correspondance", args=[ligne.pk]))


RETRAITS: dict[str, Callable[[], Retrait]] = {
    "agents:absence_supprimer": _absence,
    "agents:exposition_supprimer": _exposition,
    "agents:position_supprimer": _position,
    "commissions:retirer_point": _point,
    "imports:retirer_correspondance": _correspondance,
    "signalements:retirer_agent": _agent,
}
