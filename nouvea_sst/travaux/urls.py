"""Paths of the background jobs."""

from django.urls import path

from nouvea_sst.travaux import views

app_name = "travaux"
urlpatterns = [
    path("", views.liste_travaux, name="liste"),
    path("temoin/", views.temoin, name="temoin"),
    path("<int:pk>/", views.travail, name="travail"),
    path("<int:pk>/vu/", views.vu, name="vu"),
    path("<int:pk>/relancer/", views.relancer, name="relancer"),
    path("<int:pk>/abandonner/", views.abandonner, name="abandonner"),
]
