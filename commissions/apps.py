"""Commissions and their sessions."""

from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    """Sessions of the CHCT and their agenda."""

    name = "commissions"
    verbose_name = "Commissions"
