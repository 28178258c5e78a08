"""Has each agent's category, status and « élu » follow his career."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone

from agents.actions.references import PAR_LOT
from agents.models import Agent, Carriere
from agents.rules.statut import Situation, situation_after
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.moteur.traces import past_of
from nouvea_sst.travaux.actions import defer_followups

ALIGNEMENT = "agents.align_carrieres"
# The acts by which careers write on the agents: their request tells their writings from those of others.
ACTES = (ALIGNEMENT, "agents.load_carrieres")
SUIVENT = ("code_categorie", "statut", "est_elu")


@transaction.atomic
def align_carrieres(*, acteur: Any, jour: datetime.date) -> int:
    """Bring every agent in line with his career of the day, as when a row written ahead begins.

    Returns how many changed; one journal line if any did.
    """
    changes = _align(jour, Carriere.objects.all())
    if changes:
        record_act(acteur=acteur, acte=ALIGNEMENT, libelle=f"{changes} agents")
        defer_followups()
    return changes


def align_careers_touched(*, acteur: Any, jour: datetime.date, agents: list[int]) -> None:
    """Bring these agents in line with their career of the day, inside the act of the caller."""
    _align(jour, Carriere.objects.filter(agent__in=agents))


def _align(jour: datetime.date, carrieres: Any) -> int:
    """Write on the agents what their careers decide; return how many changed."""
    decident = _deciding(carrieres, jour)
    agents = Agent.objects.select_for_update(of=("self",)).filter(pk__in=list(decident)).order_by("pk")
    connues = {agent: Situation(*(getattr(agent, nom) for nom in SUIVENT)) for agent in agents}
    ecartes = [agent for agent, connue in connues.items() if connue.code_categorie != decident[agent.pk][0]]
    dites = _said_by_others(ecartes)
    changes = []
    for agent in ecartes:
        suivante = situation_after(connues[agent], *decident[agent.pk], dites.get(agent.pk))
        if suivante != connues[agent]:
            for nom in SUIVENT:
                setattr(agent, nom, getattr(suivante, nom))
            agent.version += 1
            changes.append(agent)
    Agent.objects.bulk_update(changes, [*SUIVENT, "version"], batch_size=PAR_LOT)
    return len(changes)


def _deciding(carrieres: Any, jour: datetime.date) -> dict[int, tuple[int, datetime.date]]:
    """By agent, category and first day of the row of this day, else the last that ended, else the next."""
    a_venir = Q(date_debut__gt=jour)
    lignes = carrieres.order_by(
        "agent_id",
        Case(When(a_venir, then=1), default=0),
        Case(When(a_venir, then="date_debut")),
        "-date_debut",
    ).distinct("agent_id")
    return {
        agent: (categorie, debut)
        for agent, categorie, debut in lignes.values_list("agent_id", "code_categorie", "date_debut")
    }


def _said_by_others(agents: Iterable[Agent]) -> dict[int, datetime.date]:
    """By agent, the day on which his present situation was written; none where a career wrote it.

    The past keeps a row as it was made, then as it stood before each change: the last that says something
    else tells when what stands now was written; without one, it was when the row was made.
    """
    presentes = {agent.pk: tuple(getattr(agent, nom) for nom in SUIVENT) for agent in agents}
    ecritures: dict[int, tuple[datetime.datetime, str]] = {}
    passe = past_of(Agent)._base_manager.filter(pgh_obj_id__in=list(presentes)).order_by("pgh_id")
    colonnes = ("pgh_obj_id", "pgh_created_at", "pgh_context__requete", *SUIVENT)
    for agent, quand, requete, *dite in passe.values_list(*colonnes).iterator(chunk_size=5000):
        if agent not in ecritures or tuple(dite) != presentes[agent]:
            ecritures[agent] = (quand, requete or "")
    requetes = {requete for _, requete in ecritures.values()} - {""}
    lignes = LigneJournal.objects.filter(acte__in=ACTES, requete__in=requetes)
    siennes = set(lignes.values_list("requete", flat=True))
    return {
        agent: timezone.localdate(quand)
        for agent, (quand, requete) in ecritures.items()
        if requete not in siennes
    }
