"""Paths of the reference data."""

from django.urls import path

from nouvea_sst.referentiel.views import accueil, jours, listes, parametres, textes

app_name = "referentiel"
urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("parametres/", parametres.liste_parametres, name="parametres"),
    path("parametres/<str:code>/", parametres.parametre, name="parametre"),
    path("parametres/<str:code>/changer/", parametres.changer, name="changer"),
    path("valeurs/<int:pk>/corriger/", parametres.corriger, name="corriger"),
    path("valeurs/<int:pk>/retirer/", parametres.retirer, name="retirer"),
    path("jours/", jours.liste_jours, name="jours"),
    path("jours/annee/<int:annee>/", jours.ajouter_annee, name="ajouter_annee"),
    path("jours/ajouter/", jours.ajouter_jour, name="ajouter_jour"),
    path("jours/<int:pk>/retirer/", jours.retirer_jour, name="retirer_jour"),
    path("textes/", textes.liste_textes, name="textes"),
    path("textes/ajouter/", textes.ajouter_texte, name="ajouter_texte"),
    path("textes/<int:pk>/", textes.texte, name="texte"),
    path("textes/<int:pk>/corriger/", textes.corriger_texte, name="corriger_texte"),
    path("listes/<slug:cle>/", listes.liste_entrees, name="entrees"),
    path("listes/<slug:cle>/ajouter/", listes.ajouter_entree, name="ajouter_entree"),
    path("listes/<slug:cle>/<int:pk>/", listes.entree, name="entree"),
    path("listes/<slug:cle>/<int:pk>/corriger/", listes.corriger_entree, name="corriger_entree"),
    path("listes/<slug:cle>/<int:pk>/mettre-de-cote/", listes.mettre_de_cote, name="mettre_de_cote"),
    path("listes/<slug:cle>/<int:pk>/proposer/", listes.proposer, name="proposer"),
    path("listes/<slug:cle>/<int:pk>/rang/<int:rang>/", listes.deplacer_entree, name="deplacer_entree"),
]
