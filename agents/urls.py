"""Paths of agents."""

from django.urls import path

from agents.views.absences import absences
from agents.views.fiche import agent
from agents.views.liste import liste_agents

app_name = "agents"
urlpatterns = [
    path("", liste_agents, name="liste"),
    path("<int:pk>/", agent, name="agent"),
    path("<int:pk>/absences/", absences, name="absences"),
]
