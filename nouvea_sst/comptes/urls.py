"""Paths of the account pages."""

from django.urls import path

from nouvea_sst.comptes.views import actes, comptes, corbeille, demandes, entree, liens, saisies, sessions

app_name = "comptes"
urlpatterns = [
    path("", comptes.liste_comptes, name="liste"),
    path("ajouter/", comptes.ajouter, name="ajouter"),
    path("demandes/", demandes.demandes, name="demandes"),
    path("demandes/approuver/", demandes.approuver, name="approuver"),
    path("demandes/<int:pk>/refuser/", demandes.refuser, name="refuser"),
    path("<int:pk>/", comptes.compte, name="compte"),
    path("<int:pk>/historique/", comptes.historique, name="historique"),
    path("<int:pk>/corriger/", comptes.corriger, name="corriger"),
    path("<int:pk>/role/", actes.role, name="role"),
    path("<int:pk>/desactiver/", actes.desactiver, name="desactiver"),
    path("<int:pk>/reactiver/", actes.reactiver, name="reactiver"),
    path("<int:pk>/lien/", actes.creer_lien, name="creer_lien"),
    path("<int:pk>/lien/retirer/", actes.retirer_lien, name="retirer_lien"),
    path("<int:pk>/mot-de-passe/", actes.demander_mot_de_passe, name="demander_mot_de_passe"),
    path("<int:pk>/sessions/", sessions.sessions, name="sessions"),
    path("<int:pk>/sessions/fermer/", sessions.fermer, name="fermer_session"),
    path("mes-sessions/", sessions.mes_sessions, name="mes_sessions"),
    path("mes-sessions/fermer/", sessions.fermer_mienne, name="fermer_mienne"),
    path("mes-sessions/demandes/<int:pk>/refuser/", sessions.opposer, name="opposer"),
    path("lien/<str:jeton>/", liens.lien, name="lien"),
    path("saisies/", saisies.saisies, name="saisies"),
    path("saisies/<int:pk>/abandonner/", saisies.saisie_abandonner, name="saisie_abandonner"),
    path("connexion/", entree.connexion, name="connexion"),
    path("deconnexion/", entree.deconnexion, name="deconnexion"),
    path("mot-de-passe/", entree.mot_de_passe, name="mot_de_passe"),
    path("ferme/", entree.ferme, name="ferme"),
    path("corbeille/", corbeille.corbeille, name="corbeille"),
    path("corbeille/<int:pk>/retablir/", corbeille.retablir, name="retablir"),
]

# allauth looks its own pages up by these names; they lead to the same views.
noms_allauth = [
    path("connexion/", entree.connexion, name="account_login"),
    path("deconnexion/", entree.deconnexion, name="account_logout"),
    path("mot-de-passe/", entree.mot_de_passe, name="account_change_password"),
    path("ferme/", entree.ferme, name="account_inactive"),
]
