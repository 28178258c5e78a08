"""Paths of « Mon dossier »."""

from django.urls import path

from reporting.views import soi

app_name = "soi"
urlpatterns = [
    path("", soi.dossier, name="dossier"),
    path("documents/<int:pk>/", soi.document, name="document"),
]
