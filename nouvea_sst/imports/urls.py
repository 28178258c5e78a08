"""Paths of imports."""

from django.urls import path

from nouvea_sst.imports import views

app_name = "imports"
urlpatterns = [path("deposer/", views.deposer, name="deposer")]
