"""Questions that the personnel file answers."""

from agents.querysets.absences import AbsenceQuerySet, CarriereQuerySet, PositionQuerySet
from agents.querysets.agents import (
    CE_JOUR,
    AffectationQuerySet,
    AgentQuerySet,
    CollectiviteQuerySet,
    HeuresTravailleesQuerySet,
    PosteQuerySet,
    ResponsabiliteQuerySet,
    SiteQuerySet,
    StructureQuerySet,
    held_collectivites,
    of_held_collectivites,
    open_on,
    present_on,
)
from agents.querysets.exigences import ExigencePosteQuerySet, grade_posts
from agents.querysets.expositions import ExpositionPosteQuerySet

__all__ = [
    "CE_JOUR",
    "AbsenceQuerySet",
    "AffectationQuerySet",
    "AgentQuerySet",
    "CarriereQuerySet",
    "CollectiviteQuerySet",
    "ExigencePosteQuerySet",
    "ExpositionPosteQuerySet",
    "HeuresTravailleesQuerySet",
    "PosteQuerySet",
    "PositionQuerySet",
    "ResponsabiliteQuerySet",
    "SiteQuerySet",
    "StructureQuerySet",
    "grade_posts",
    "held_collectivites",
    "of_held_collectivites",
    "open_on",
    "present_on",
]
