"""Paths of reporting."""

from django.urls import path

from reporting.views import editions, pilotage

app_name = "reporting"
urlpatterns = [
    path("", pilotage.tableau, name="tableau"),
    path("dossiers/", editions.liste_editions, name="editions"),
    path("dossiers/preparer/", editions.preparer, name="preparer"),
    path("dossiers/<int:pk>/", editions.edition, name="edition"),
    path("dossiers/<int:pk>/pdf/", editions.pdf, name="pdf"),
]
