"""All paths. Each view says who may come in; a path without such a view is refused to everybody."""

from django.conf import settings
from django.urls import include, path

from nouvea_sst import galerie
from nouvea_sst.comptes.urls import noms_allauth
from nouvea_sst.favicon import favicon
from nouvea_sst.sante import sante
from reporting.views.aujourdhui import accueil

urlpatterns = [
    path("", accueil, name="accueil"),
    path("sante", sante, name="sante"),
    path("favicon.ico", favicon, name="favicon"),
    path("compte/", include("nouvea_sst.comptes.urls")),
    path("compte/", include(noms_allauth)),
    path("aide/", include("nouvea_sst.aide.urls")),
    path("travaux/", include("nouvea_sst.travaux.urls")),
    path("imports/", include("nouvea_sst.imports.urls")),
    path("referentiel/", include("nouvea_sst.referentiel.urls")),
    path("agents/", include("agents.urls")),
    path("visites/", include("visites.urls")),
    path("rendez-vous/", include("visites.urls_liens")),
    path("signalements/", include("signalements.urls")),
    path("commissions/", include("commissions.urls")),
    path("documents/", include("documents.urls")),
    path("journal/", include("nouvea_sst.journal.urls")),
    path("recherche/", include("reporting.recherche.urls")),
    path("mon-dossier/", include("reporting.soi.urls")),
    path("mon-equipe/", include("reporting.equipe.urls")),
    path("qualite/", include("reporting.qualite.urls")),
    path("pilotage/", include("reporting.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("composants/", galerie.composants, name="composants"))

handler429 = "nouvea_sst.refus.trop_souvent"
handler500 = "nouvea_sst.panne.panne"
