"""Paths of the background jobs."""

from django.urls import path

from nouvea_sst.travaux import views

app_name = "travaux"
urlpatterns = [path("<int:pk>/", views.travail, name="travail")]
