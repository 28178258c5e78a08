"""What carries the trade without knowing it."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from nouvea_sst.lib.trousseau import faults_of_keys


class LibConfig(AppConfig):
    """Template tags and plain functions; no model."""

    name = "nouvea_sst.lib"
    label = "lib"

    def ready(self) -> None:
        """Have every command that checks the house check its keys."""
        register(check_keys, Tags.security)


def check_keys(**options: Any) -> list[CheckMessage]:
    """Say what the keys of encryption lack: neither worker nor web server starts without them."""
    return [Error(phrase, id="nouvea.E001") for phrase in faults_of_keys()]
