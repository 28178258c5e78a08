"""Agents, structures, posts, absences."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """The personnel file, as far as a health service may hold it."""

    name = "agents"
    verbose_name = "Agents"
