"""Paths of agents."""

app_name = "agents"
urlpatterns: list = []
