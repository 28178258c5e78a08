"""Issued documents, the letters that make them, their head and who signs; messages on their way."""

from documents.models.courriels import Courriel
from documents.models.documents import Document
from documents.models.entetes import EnTete, Signataire
from documents.models.lettres import LettreEmise, LotLettres
from documents.models.modeles import LettreType, VersionLettre

__all__ = [
    "Courriel",
    "Document",
    "EnTete",
    "LettreEmise",
    "LettreType",
    "LotLettres",
    "Signataire",
    "VersionLettre",
]
