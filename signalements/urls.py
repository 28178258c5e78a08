"""Paths of signalements."""

from django.urls import path

from signalements.views import accidents, historique, listes, plan, signalements, traitement

app_name = "signalements"
urlpatterns = [
    path("", listes.liste_signalements, name="liste"),
    path("signaler/", signalements.signaler, name="signaler"),
    path("envoye/<uuid:jeton>/", signalements.envoye, name="envoye"),
    path("<int:pk>/", signalements.signalement, name="signalement"),
    path("<int:pk>/qualifier/", traitement.qualifier, name="qualifier"),
    path("<int:pk>/commencer/", traitement.commencer, name="commencer"),
    path("<int:pk>/mesures/", traitement.mesures, name="mesures"),
    path("<int:pk>/clore/", traitement.clore, name="clore"),
    path("<int:pk>/rejeter/", traitement.rejeter, name="rejeter"),
    path("<int:pk>/agents/ajouter/", traitement.ajouter_agent, name="ajouter_agent"),
    path("<int:pk>/agents/<int:agent>/retirer/", traitement.retirer_agent, name="retirer_agent"),
    path("<int:pk>/historique/", historique.historique, name="historique"),
    path("accidents/<int:pk>/historique/", historique.accident_historique, name="accident_historique"),
    path("actions/<int:pk>/historique/", historique.action_historique, name="action_historique"),
    path("accidents/", listes.liste_accidents, name="accidents"),
    path("accidents/ajouter/", accidents.choisir_agent, name="choisir_agent"),
    path("accidents/ajouter/<int:agent>/", accidents.ajouter_accident, name="ajouter_accident"),
    path("accidents/<int:pk>/", accidents.accident, name="accident"),
    path("accidents/<int:pk>/modifier/", accidents.modifier_accident, name="modifier_accident"),
    path("accidents/agent/<int:pk>/", accidents.accidents_agent, name="accidents_agent"),
    path("actions/", listes.liste_actions, name="actions"),
    path("actions/ajouter/", plan.ajouter_action, name="ajouter_action"),
    path("actions/<int:pk>/", plan.action, name="action"),
    path("actions/<int:pk>/modifier/", plan.modifier_action, name="modifier_action"),
    path("actions/<int:pk>/commencer/", plan.commencer_action, name="commencer_action"),
    path("actions/<int:pk>/terminer/", plan.terminer_action, name="terminer_action"),
    path("actions/<int:pk>/abandonner/", plan.abandonner_action, name="abandonner_action"),
]
