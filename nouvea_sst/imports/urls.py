"""Paths of imports."""

from django.urls import path

from nouvea_sst.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.historique, name="historique"),
    path("deposer/", views.deposer, name="deposer"),
    path("<int:pk>/colonnes/", views.colonnes, name="colonnes"),
    path("<int:pk>/apercu/", views.apercu, name="apercu"),
    path("<int:pk>/appliquer/", views.appliquer, name="appliquer"),
    path("<int:pk>/annuler/", views.annuler, name="annuler"),
    path("<int:pk>/abandonner/", views.abandonner, name="abandonner"),
    path("<int:pk>/reprendre/", views.reprendre, name="reprendre"),
    path("<int:pk>/refus/", views.refus, name="refus"),
    path("<int:pk>/bilan/", views.bilan, name="bilan"),
]
