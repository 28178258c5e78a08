"""What every dated row of the personnel file promises."""

from django.db import models


def period_constraint(nom: str) -> models.CheckConstraint:
    """The end is not before the start."""
    return models.CheckConstraint(
        name=nom,
        condition=models.Q(date_fin__isnull=True) | models.Q(date_fin__gte=models.F("date_debut")),
        violation_error_message="La fin précède le début.",
    )
