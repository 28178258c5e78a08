"""Paths of commissions."""

app_name = "commissions"
urlpatterns: list = []
