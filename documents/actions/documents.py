"""Issues documents: the only writer."""

import hashlib
from collections.abc import Sequence
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


@transaction.atomic
def issue_documents(
    *, acteur: Any, categorie: CategorieDocument, contenus: Sequence[tuple[Agent, bytes]]
) -> list[Document]:
    """Keep several documents at once; the caller writes the journal lines of what they belong to."""
    documents = Document.objects.bulk_create(
        Document(
            categorie=categorie,
            agent=agent,
            contenu=contenu,
            sha256=hashlib.sha256(contenu).hexdigest(),
            emis_par=acteur,
        )
        for agent, contenu in contenus
    )
    for document in documents:
        document.nom_fichier = f"document-{document.pk}.pdf"
    Document.objects.bulk_update(documents, ["nom_fichier"])
    return documents
