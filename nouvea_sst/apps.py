"""The house itself: navigation, cross-app commands. No model."""

from django.apps import AppConfig


class MaisonConfig(AppConfig):
    """Settings, URLs, navigation and the commands that concern several apps."""

    name = "nouvea_sst"
    verbose_name = "Nouvéa SST"
