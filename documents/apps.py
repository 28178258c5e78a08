"""Files that the section issues."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Issued files, frozen, with who may open them."""

    name = "documents"
    verbose_name = "Documents"
