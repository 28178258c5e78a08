"""Paths of « Qualité des données »."""

from django.urls import path

from reporting.views import qualite

app_name = "qualite"
urlpatterns = [
    path("", qualite.accueil, name="accueil"),
    path("<slug:contradiction>/", qualite.lignes, name="lignes"),
    path("<slug:contradiction>/<int:ligne>/ecarter/", qualite.ecarter, name="ecarter"),
    path("<slug:contradiction>/<int:ligne>/reprendre/", qualite.reprendre, name="reprendre"),
]
