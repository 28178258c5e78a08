"""Paths of commissions."""

from django.urls import path

from commissions import views

app_name = "commissions"
urlpatterns = [
    path("", views.liste_seances, name="seances"),
    path("ajouter/", views.ajouter, name="ajouter"),
    path("<int:pk>/", views.seance, name="seance"),
]
