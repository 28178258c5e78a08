"""Paths of documents."""

app_name = "documents"
urlpatterns: list = []
