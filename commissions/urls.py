"""Paths of commissions."""

from django.urls import path

from commissions import views

app_name = "commissions"
urlpatterns = [
    path("", views.liste_seances, name="seances"),
    path("ajouter/", views.ajouter, name="ajouter"),
    path("<int:pk>/", views.seance, name="seance"),
    path("<int:pk>/historique/", views.historique, name="historique"),
    path("<int:pk>/modifier/", views.modifier, name="modifier"),
    path("<int:pk>/tenir/", views.tenir, name="tenir"),
    path("<int:pk>/annuler/", views.annuler, name="annuler"),
    path("<int:pk>/points/ajouter/", views.ajouter_point, name="ajouter_point"),
    path("<int:pk>/points/<int:point>/", views.modifier_point, name="modifier_point"),
    path("<int:pk>/points/<int:point>/rang/<int:rang>/", views.deplacer_point, name="deplacer_point"),
    path("<int:pk>/points/<int:point>/retirer/", views.retirer_point, name="retirer_point"),
]
