"""What carries the trade without knowing it."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """Template tags and plain functions; no model."""

    name = "nouvea_sst.lib"
    label = "lib"
