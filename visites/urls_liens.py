"""The path of links in messages: its address says nothing of what the appointment is."""

from django.urls import path

from visites.views.liens import repondre

app_name = "rendez_vous"
urlpatterns = [path("<str:jeton>/", repondre, name="repondre")]
