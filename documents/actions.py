"""Issues documents: the only writer."""

import hashlib
from typing import Any

from django.db import transaction

from agents.models import Agent
from documents.enums import CategorieDocument
from documents.models import Document
from nouvea_sst.comptes.journal import record_act


@transaction.atomic
def issue_document(*, acteur: Any, categorie: CategorieDocument, agent: Agent, contenu: bytes) -> Document:
    """Keep the bytes of a document as handed over, with their fingerprint and a neutral file name."""
    document = Document.objects.create(
        categorie=categorie,
        agent=agent,
        contenu=contenu,
        sha256=hashlib.sha256(contenu).hexdigest(),
        emis_par=acteur,
    )
    document.nom_fichier = f"document-{document.pk}.pdf"
    document.save(update_fields=["nom_fichier"])
    record_act(acteur=acteur, acte="documents.issue_document", objet=document, agent=agent)
    return document
