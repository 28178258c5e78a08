"""Paths of visites."""

from django.urls import path

from visites import views

app_name = "visites"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("agent/<int:pk>/", views.agent, name="agent"),
    path("agent/<int:pk>/mesures/", views.restrictions_agent, name="restrictions_agent"),
]
