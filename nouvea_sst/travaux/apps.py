"""Background jobs as a person sees them."""

from django.apps import AppConfig


class TravauxConfig(AppConfig):
    """A job's state, progress and result; the queue itself is procrastinate's."""

    name = "nouvea_sst.travaux"
    label = "travaux"
    verbose_name = "Travaux"
