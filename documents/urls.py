"""Paths of documents."""

from django.urls import path

from documents.views.courriels import courriels, renvoyer
from documents.views.documents import ouvrir
from documents.views.entetes import entete, signataire_ajouter, signataire_corriger
from documents.views.lettres import agent, ecrire, lot, lot_fichier, registre
from documents.views.modeles import apercu, liste_modeles, modele, publier, rediger, retirer_modele

app_name = "documents"
urlpatterns = [
    path("<int:pk>/", ouvrir, name="ouvrir"),
    path("lettres/", registre, name="lettres"),
    path("lettres/agent/<int:pk>/", agent, name="agent"),
    path("lettres/ecrire/<int:pk>/", ecrire, name="ecrire"),
    path("lettres/lots/<int:pk>/", lot, name="lot"),
    path("lettres/lots/<int:pk>/fichier/", lot_fichier, name="lot_fichier"),
    path("modeles/", liste_modeles, name="modeles"),
    path("modeles/<int:pk>/", modele, name="modele"),
    path("modeles/<int:pk>/rediger/", rediger, name="rediger"),
    path("modeles/versions/<int:pk>/apercu/", apercu, name="apercu"),
    path("modeles/versions/<int:pk>/publier/", publier, name="publier"),
    path("modeles/versions/<int:pk>/retirer/", retirer_modele, name="retirer_modele"),
    path("messages/", courriels, name="courriels"),
    path("messages/<int:pk>/renvoyer/", renvoyer, name="renvoyer"),
    path("entete/", entete, name="entete"),
    path("entete/signataires/ajouter/", signataire_ajouter, name="signataire_ajouter"),
    path("entete/signataires/<int:pk>/", signataire_corriger, name="signataire_corriger"),
]
