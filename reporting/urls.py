"""Paths of reporting."""

from django.urls import path

from reporting.views import editions, pilotage, resume, vues

app_name = "reporting"
urlpatterns = [
    path("", pilotage.tableau, name="tableau"),
    path("dossiers/", editions.liste_editions, name="editions"),
    path("dossiers/preparer/", editions.preparer, name="preparer"),
    path("dossiers/<int:pk>/", editions.edition, name="edition"),
    path("dossiers/<int:pk>/pdf/", editions.pdf, name="pdf"),
    path("resume/", resume.resume, name="resume"),
    path("vues/", vues.vues, name="vues"),
    path("vues/enregistrer/", vues.vue_enregistrer, name="vue_enregistrer"),
    path("vues/<int:pk>/", vues.vue_renommer, name="vue_renommer"),
    path("vues/<int:pk>/defaut/", vues.vue_defaut, name="vue_defaut"),
    path("vues/<int:pk>/deplacer/", vues.vue_deplacer, name="vue_deplacer"),
    path("vues/<int:pk>/supprimer/", vues.vue_supprimer, name="vue_supprimer"),
    path("vues/<int:pk>/retablir/", vues.vue_retablir, name="vue_retablir"),
]
