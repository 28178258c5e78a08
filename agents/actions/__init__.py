"""Acts on the personnel file: its only writers."""

from agents.actions.referentiel import load_types_absence

__all__ = ["load_types_absence"]
