"""Bringing data in."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The import engine: reads a file, maps its columns, shows what would change, applies it at once."""

    name = "nouvea_sst.imports"
    label = "imports"
    verbose_name = "Imports"
