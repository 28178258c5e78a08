"""Reports, accidents, actions."""

from django.apps import AppConfig


class SignalementsConfig(AppConfig):
    """What went wrong, and what is done about it."""

    name = "signalements"
    verbose_name = "Signalements"
