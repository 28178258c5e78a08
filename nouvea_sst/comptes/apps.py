"""Accounts, roles, journal."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """Who may come in, what each role may do, and the journal of it."""

    name = "nouvea_sst.comptes"
    label = "comptes"
    verbose_name = "Comptes"
