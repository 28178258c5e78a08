"""Paths of imports."""

from django.urls import path

from nouvea_sst.imports.views import attentes, depots, historique, partants, releves, suivi, valeurs

app_name = "imports"
urlpatterns = [
    path("", historique.historique, name="historique"),
    path("releves/", releves.releves, name="releves"),
    path("a-corriger/", releves.a_corriger, name="a_corriger"),
    path("deposer/", depots.deposer, name="deposer"),
    path("correspondances/", valeurs.correspondances, name="correspondances"),
    path("correspondances/<int:pk>/", valeurs.correspondance, name="correspondance"),
    path("correspondances/<int:pk>/retirer/", valeurs.retirer_correspondance, name="retirer_correspondance"),
    path("<int:pk>/colonnes/", depots.colonnes, name="colonnes"),
    path("<int:pk>/apercu/", depots.apercu, name="apercu"),
    path("<int:pk>/partants/", partants.partants, name="partants"),
    path("<int:pk>/appliquer/", depots.appliquer, name="appliquer"),
    path("<int:pk>/annuler/", depots.annuler, name="annuler"),
    path("<int:pk>/abandonner/", depots.abandonner, name="abandonner"),
    path("<int:pk>/interrompre/", suivi.interrompre, name="interrompre"),
    path("<int:pk>/reprendre/", suivi.reprendre, name="reprendre"),
    path("<int:pk>/fichier/", suivi.fichier, name="fichier"),
    path("<int:pk>/attente/", attentes.attentes, name="attentes"),
    path("<int:pk>/renoncer/", attentes.renoncer, name="renoncer"),
    path("<int:pk>/refus/", depots.refus, name="refus"),
    path("<int:pk>/fiches/", historique.fiches, name="fiches"),
    path("<int:pk>/bilan/", depots.bilan, name="bilan"),
]
