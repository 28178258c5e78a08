"""Kinds of issued documents and who may open them."""

from django.db.models import TextChoices


class CategorieDocument(TextChoices):
    """What the document is."""

    CERTIFICAT = "certificat", "Certificat d’aptitude"
    ATTESTATION = "attestation", "Attestation de suivi"
