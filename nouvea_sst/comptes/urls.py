"""Paths of the account pages."""

from django.urls import path

from nouvea_sst.comptes import views

app_name = "comptes"
urlpatterns = [
    path("connexion/", views.connexion, name="connexion"),
    path("deconnexion/", views.deconnexion, name="deconnexion"),
    path("mot-de-passe/", views.mot_de_passe, name="mot_de_passe"),
    path("ferme/", views.ferme, name="ferme"),
    path("corbeille/", views.corbeille, name="corbeille"),
    path("corbeille/<int:pk>/retablir/", views.retablir, name="retablir"),
]

# allauth looks its own pages up by these names; they lead to the same views.
noms_allauth = [
    path("connexion/", views.connexion, name="account_login"),
    path("deconnexion/", views.deconnexion, name="account_logout"),
    path("mot-de-passe/", views.mot_de_passe, name="account_change_password"),
    path("ferme/", views.ferme, name="account_inactive"),
]
