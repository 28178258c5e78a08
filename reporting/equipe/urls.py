"""Paths of « Mon équipe »."""

from django.urls import path

from reporting.views import equipe

app_name = "equipe"
urlpatterns = [path("", equipe.liste_equipe, name="liste")]
