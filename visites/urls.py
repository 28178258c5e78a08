"""Paths of visites."""

from django.urls import path

from visites.views.agent import agent, certificat, restrictions_agent, visite
from visites.views.conclusion import apercu, conclure
from visites.views.historique import historique
from visites.views.liste import calculer, liste_suivis
from visites.views.rendez_vous import absence, annuler, deplacer, journee, placer

app_name = "visites"
urlpatterns = [
    path("", liste_suivis, name="liste"),
    path("calcul/", calculer, name="calculer"),
    path("journee/", journee, name="journee"),
    path("agent/<int:pk>/", agent, name="agent"),
    path("agent/<int:pk>/mesures/", restrictions_agent, name="restrictions_agent"),
    path("agent/<int:pk>/placer/", placer, name="placer"),
    path("<int:pk>/", visite, name="visite"),
    path("<int:pk>/historique/", historique, name="historique"),
    path("<int:pk>/deplacer/", deplacer, name="deplacer"),
    path("<int:pk>/annuler/", annuler, name="annuler"),
    path("<int:pk>/absence/", absence, name="absence"),
    path("<int:pk>/document/", certificat, name="certificat"),
    path("conclure/<int:pk>/", conclure, name="conclure"),
    path("conclure/<int:pk>/apercu/", apercu, name="apercu"),
]
