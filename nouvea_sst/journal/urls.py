"""Paths of the journal."""

from django.urls import path

from nouvea_sst.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.liste_journal, name="liste"),
    path("<int:pk>/", views.ligne, name="ligne"),
]
