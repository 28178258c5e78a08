"""Paths of documents."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [path("<int:pk>/", views.ouvrir, name="ouvrir")]
