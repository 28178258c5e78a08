"""What the matrix alone does not decide: nobody handles his own file."""

from typing import Any

from agents.models import Agent


def can_change_agent(user: Any, agent: Agent) -> bool:
    """Whether the account may correct this agent and his affectations: not its own."""
    return user.has_perm("agents.change_agent") and agent.compte_id != user.pk


def can_change_absence(user: Any, agent: Agent) -> bool:
    """Whether the account may enter and correct this agent's absences: not its own."""
    return user.has_perm("agents.change_absence") and agent.compte_id != user.pk
