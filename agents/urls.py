"""Paths of agents."""

from django.urls import path

from agents.views import (
    absences,
    affectations,
    alertes,
    carriere,
    consultations,
    exigences,
    expositions,
    fiche,
    fusion,
    historique,
    liste,
    portee,
    positions,
    structures,
)

app_name = "agents"
urlpatterns = [
    path("", liste.liste_agents, name="liste"),
    path("ajouter/", fiche.ajouter, name="ajouter"),
    path("structures/", structures.structures, name="structures"),
    path("structures/ajouter/", structures.structure_ajouter, name="structure_ajouter"),
    path("structures/<int:pk>/", structures.structure_corriger, name="structure_corriger"),
    path("structures/<int:pk>/historique/", historique.structure_historique, name="structure_historique"),
    path("postes/", structures.postes, name="postes"),
    path("postes/<int:pk>/", structures.poste_corriger, name="poste_corriger"),
    path("postes/<int:pk>/historique/", historique.poste_historique, name="poste_historique"),
    path("alertes/", alertes.alertes, name="alertes"),
    path("alertes/calculer/", alertes.alertes_calculer, name="alertes_calculer"),
    path("alertes/<int:pk>/", alertes.alerte, name="alerte"),
    path("alertes/<int:pk>/traiter/", alertes.alerte_traiter, name="alerte_traiter"),
    path("alertes/<int:pk>/ecarter/", alertes.alerte_ecarter, name="alerte_ecarter"),
    path("alertes/<int:pk>/rouvrir/", alertes.alerte_rouvrir, name="alerte_rouvrir"),
    path("postes/<int:pk>/exigences/", exigences.exigences, name="poste_exigences"),
    path("postes/<int:pk>/expositions/", expositions.exposition_ajouter, name="exposition_ajouter"),
    path(
        "postes/<int:pk>/expositions/<int:exposition>/",
        expositions.exposition_corriger,
        name="exposition_corriger",
    ),
    path(
        "postes/<int:pk>/expositions/<int:exposition>/supprimer/",
        expositions.exposition_supprimer,
        name="exposition_supprimer",
    ),
    path("<int:pk>/", fiche.agent, name="agent"),
    path("<int:pk>/corriger/", fiche.corriger, name="corriger"),
    path("<int:pk>/affectations/ajouter/", affectations.affectation_ajouter, name="affectation_ajouter"),
    path(
        "<int:pk>/affectations/<int:affectation>/",
        affectations.affectation_corriger,
        name="affectation_corriger",
    ),
    path("<int:pk>/fondre/", fusion.fusion_choisir, name="fusion_choisir"),
    path("<int:pk>/fondre/<int:autre>/", fusion.fusion, name="fusion"),
    path("<int:pk>/fusions/<int:alias>/defaire/", fusion.fusion_defaire, name="fusion_defaire"),
    path("<int:pk>/carriere/", carriere.carriere, name="carriere"),
    path("<int:pk>/carriere/positions/ajouter/", positions.position_ajouter, name="position_ajouter"),
    path(
        "<int:pk>/carriere/positions/<int:position>/", positions.position_corriger, name="position_corriger"
    ),
    path(
        "<int:pk>/carriere/positions/<int:position>/supprimer/",
        positions.position_supprimer,
        name="position_supprimer",
    ),
    path("<int:pk>/historique/", historique.historique, name="historique"),
    path("<int:pk>/consultations/", consultations.consultations, name="consultations"),
    path("<int:pk>/absences/historique/", historique.absences_historique, name="absences_historique"),
    path("<int:pk>/absences/", absences.absences, name="absences"),
    path("<int:pk>/absences/ajouter/", absences.absence_ajouter, name="absence_ajouter"),
    path("<int:pk>/absences/<int:absence>/", absences.absence_corriger, name="absence_corriger"),
    path("<int:pk>/absences/<int:absence>/supprimer/", absences.absence_supprimer, name="absence_supprimer"),
    path("comptes/<int:pk>/portee/", portee.portee, name="portee"),
    path("comptes/<int:pk>/portee/ajouter/", portee.portee_ajouter, name="portee_ajouter"),
    path("comptes/<int:pk>/portee/<int:responsabilite>/finir/", portee.portee_finir, name="portee_finir"),
    path("comptes/<int:pk>/portee/relier/", portee.portee_relier, name="portee_relier"),
    path("comptes/<int:pk>/portee/delier/", portee.portee_delier, name="portee_delier"),
]
