"""Paths of visites."""

app_name = "visites"
urlpatterns: list = []
