"""Paths of the search."""

from django.urls import path

from reporting.views import recherche

app_name = "recherche"
urlpatterns = [
    path("", recherche.resultats, name="resultats"),
    path("suggestions/", recherche.suggestions, name="suggestions"),
]
