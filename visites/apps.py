"""Medical visits."""

from django.apps import AppConfig


class VisitesConfig(AppConfig):
    """Due dates with their proof, visits, opinions, restrictions."""

    name = "visites"
    verbose_name = "Visites"
