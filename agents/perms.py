"""What the matrix alone does not decide: nobody handles his own file."""

from typing import Any

from django.core.exceptions import PermissionDenied

from agents.models import Agent
from agents.querysets import AgentQuerySet

PROPRE_FICHE = "C’est votre propre fiche : une autre personne doit la corriger."


def is_own_file(user: Any, agent: Agent) -> bool:
    """Whether this account is the agent himself: nobody handles his own file, everybody reads it."""
    return agent.compte_id is not None and agent.compte_id == getattr(user, "pk", None)


def is_own_row(user: Any, agent: Agent | None, ligne: Any) -> bool:
    """Whether a row that somebody judges is about the account: its own file, or the double of it."""
    return bool(getattr(ligne, "est_sien", False)) or (agent is not None and is_own_file(user, agent))


def refuse_own_file(acteur: Any, agent: Agent) -> None:
    """Raise PermissionDenied when the account acts on its own file; the system has none."""
    if is_own_file(acteur, agent):
        raise PermissionDenied(PROPRE_FICHE)


def can_change_agent(user: Any, agent: Agent) -> bool:
    """Whether the account may correct this agent and his affectations: not its own."""
    return user.has_perm("agents.change_agent") and not is_own_file(user, agent)


def can_merge(user: Any, agent: Agent) -> bool:
    """Whether the account may merge this file with another, or undo that: not its own."""
    return user.has_perm("agents.merge_agent") and not is_own_file(user, agent)


def can_change_absence(user: Any, agent: Agent) -> bool:
    """Whether the account may enter and correct this agent's absences: not its own."""
    return user.has_perm("agents.change_absence") and not is_own_file(user, agent)


def can_decide_alerte(user: Any, agent: Agent) -> bool:
    """Whether the account may treat or set aside this agent's alerts: not its own."""
    return user.has_perm("agents.change_alerte") and not is_own_file(user, agent)


def seen_by(acteur: Any) -> AgentQuerySet:
    """The agents whom a check may speak of: those whom the account sees; all for the system."""
    return Agent.objects.all() if acteur is None else Agent.objects.visible_to(acteur)
