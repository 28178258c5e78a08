"""Issued documents, opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Document
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation


@require_perm("documents.view_document")
@require_safe
def ouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the very bytes that were issued."""
    document = get_object_or_404(Document.objects.visible_to(request.user).select_related("agent"), pk=pk)
    record_consultation(acteur=request.user, acte="documents.open", objet=document, agent=document.agent)
    reponse = HttpResponse(bytes(document.contenu), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{document.nom_fichier}"'
    return reponse
