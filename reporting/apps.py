"""Indicators, dashboards, packs."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reads all the others; owns no fact but its frozen editions."""

    name = "reporting"
    verbose_name = "Reporting"
