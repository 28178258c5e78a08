"""Paths of signalements."""

from django.urls import path

from signalements.views import accidents, plan, signalements

app_name = "signalements"
urlpatterns = [
    path("", signalements.liste_signalements, name="liste"),
    path("signaler/", signalements.signaler, name="signaler"),
    path("<int:pk>/", signalements.signalement, name="signalement"),
    path("accidents/", accidents.liste_accidents, name="accidents"),
    path("accidents/<int:pk>/", accidents.accident, name="accident"),
    path("accidents/agent/<int:pk>/", accidents.accidents_agent, name="accidents_agent"),
    path("actions/", plan.liste_actions, name="actions"),
    path("actions/<int:pk>/", plan.action, name="action"),
]
