"""Paths of the help."""

from django.urls import path

from nouvea_sst.aide import views

app_name = "aide"
urlpatterns = [
    path("", views.sommaire, name="sommaire"),
    path("droits/", views.droits, name="droits"),
    path("guide/<slug:nom>/", views.guide, name="guide"),
    path("<str:page>/", views.page, name="page"),
]
