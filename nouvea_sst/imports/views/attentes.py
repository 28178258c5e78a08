"""Rows of an import that wait for what another file brings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.actions import drop_waiting
from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.forms.depots import RaisonForm
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.tables.apercu import LigneGardeeTable
from nouvea_sst.imports.views.depots import DROIT
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee


@require_perm(DROIT)
@require_safe
@liste
def attentes(request: HttpRequest, pk: int) -> HttpResponse:
    """List the rows that wait, each with what it waits for."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).without_bytes(), pk=pk)
    lignes = depot.lignes.waiting()
    nombre = lignes.count()
    record_consultation(
        acteur=request.user, acte="imports.attentes", objet=depot, libelle=count_of(nombre, "ligne")
    )
    definition = Liste(
        queryset=lignes,
        table=LigneGardeeTable,
        modele="imports/attentes.html",
        nom_fichier=f"import-{pk}-attente",
        contexte={"depot": depot, "nombre": nombre},
        options_table={"cible": targets().get(depot.cible)},
    )
    return render_list(request, definition)


@require_perm(DROIT)
@require_form
def renoncer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, saying what is lost, then forget the rows that wait."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).without_bytes(), pk=pk)
    nombre = depot.lignes.waiting().count()
    if not nombre:
        return redirect("imports:bilan", pk)
    form = RaisonForm(request.POST or None, initial={"version": depot.version})
    if request.method == "POST" and form.is_valid():
        try:
            drop_waiting(acteur=request.user, import_id=pk, **form.cleaned_data)
        except VersionPerimee:
            messages.warning(request, "L’import a changé entre-temps : relisez avant de décider.")
            return redirect("imports:renoncer", pk)
        return redirect("imports:bilan", pk)
    return render(request, "imports/renoncer.html", {"depot": depot, "form": form, "nombre": nombre})
