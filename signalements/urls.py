"""Paths of signalements."""

app_name = "signalements"
urlpatterns: list = []
