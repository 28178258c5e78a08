"""What the personnel file says against itself: asked in bulk, put right on its own screens."""

from agents.contradictions.doubles import alike
from agents.contradictions.periodes import of_absences, of_affectations, of_structures
from agents.contradictions.personnes import of_agents
from nouvea_sst.lib.contradictions import Contradiction


def contradictions() -> tuple[Contradiction, ...]:
    """What this app declares."""
    return (*alike(), *of_agents(), *of_affectations(), *of_absences(), *of_structures())
