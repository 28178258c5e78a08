"""An import under way, and the file of one that is over."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.actions import ImportClos, ImportVivant, interrupt_import, repair_import
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.views.depots import DROIT

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
ARRETE = "C’est interrompu, rien n’a changé."
DEMANDE = "L’interruption est demandée : elle se fait dès que possible, et rien n’aura changé."
TROP_TARD = "Trop tard pour interrompre : rien n’est en cours. Cette page dit ce qui a été fait."
TRAVAILLE = "L’import est toujours au travail : interrompez-le plutôt."


@require_perm(DROIT)
@require_POST
def interrompre(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import that is being applied or taken back, or say that it is too late."""
    get_object_or_404(Import.objects.visible_to(request.user).only("pk"), pk=pk)
    try:
        arrete = interrupt_import(acteur=request.user, import_id=pk)
        messages.info(request, ARRETE if arrete else DEMANDE)
    except ImportClos:
        messages.warning(request, TROP_TARD)
    return redirect("imports:bilan", pk)


@require_perm(DROIT)
@require_POST
def reprendre(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide again on an import whose job ended without a word."""
    get_object_or_404(Import.objects.visible_to(request.user).only("pk"), pk=pk)
    try:
        repair_import(acteur=request.user, import_id=pk, instant=timezone.now())
    except ImportVivant:
        messages.warning(request, TRAVAILLE)
        return redirect("imports:bilan", pk)
    return redirect("imports:apercu", pk)


@require_perm(DROIT)
@require_safe
def fichier(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the file of an import as it came, under a name that says nothing of what it holds."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).defer("apercu"), pk=pk)
    if not depot.contenu:
        raise Http404
    suffixe = PurePath(depot.nom_fichier).suffix.lower()
    record_consultation(acteur=request.user, acte="imports.fichier", objet=depot)
    reponse = HttpResponse(bytes(depot.contenu), content_type="application/octet-stream")
    nom = f"import-{pk}{suffixe if suffixe in SUFFIXES else '.bin'}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
