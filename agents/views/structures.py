"""The tree of the city, and the posts with the follow-up that each asks for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.actions import create_structure, update_poste, update_structure
from agents.enums import NiveauExigence
from agents.filters import PosteFilter
from agents.forms.champs import CADRATIN
from agents.forms.structures import PosteForm, StructureAjoutForm, StructureForm
from agents.models import Poste, Structure
from agents.tables import PosteTable
from agents.views.saisie import attempt
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.imports.moteur.origines import find_origin_of
from nouvea_sst.lib.listes import Liste, liste, render_list


@require_perm("agents.change_agent")
@require_safe
def structures(request: HttpRequest) -> HttpResponse:
    """Show the tree, with the agents of each structure and of those below."""
    jour = timezone.localdate()
    noeuds = list(Structure.objects.visible_to(request.user).open_on(jour).with_effectif(request.user, jour))
    noeuds.sort(key=lambda noeud: [int(cle) for cle in noeud.chemin.rstrip("/").split("/")])
    totaux = {noeud.pk: 0 for noeud in noeuds}
    for noeud in noeuds:
        for cle in noeud.chemin.rstrip("/").split("/"):
            totaux[int(cle)] = totaux.get(int(cle), 0) + noeud.effectif
    sigles = {noeud.pk: noeud.sigle for noeud in noeuds}
    lignes = [
        {
            "structure": noeud,
            "total": totaux[noeud.pk],
            "parent": sigles.get(noeud.parent_id or 0, ""),
            "retrait": CADRATIN * noeud.profondeur,
        }
        for noeud in noeuds
    ]
    return render(request, "agents/structures.html", {"lignes": lignes})


@require_perm("agents.change_structure")
@require_form
@send_once
def structure_ajouter(request: HttpRequest) -> HttpResponse:
    """Open a structure."""
    form = StructureAjoutForm(request.POST or None, user=request.user, jour=timezone.localdate())
    if form.is_bound and form.is_valid():
        if attempt(form, lambda: create_structure(acteur=request.user, **form.cleaned_data)):
            messages.success(request, f"La structure {form.cleaned_data['sigle']} est ouverte.")
            return redirect("agents:structures")
    vide = dict.fromkeys(("structure", "conflit", "origine", "remplacee", "remplacantes"))
    contexte = {"form": form, **vide}
    return render(request, "agents/structure.html", contexte)


@require_perm("agents.change_structure")
@require_form
def structure_corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, move or close a structure."""
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    initial = StructureForm.initial_of
    jour = timezone.localdate()
    form = StructureForm(request.POST or None, user=request.user, jour=jour, initial=initial(structure))
    form.conflit = None
    if form.is_bound and form.is_valid():
        if attempt(
            form,
            lambda: update_structure(acteur=request.user, structure_id=pk, **form.cleaned_data),
            initial,
        ):
            messages.success(request, f"La structure {form.cleaned_data['sigle']} est corrigée.")
            return redirect("agents:structures")
    origine = find_origin_of(structure, request.user)
    vues = Structure.objects.visible_to(request.user)
    contexte = {"form": form, "structure": structure, "conflit": form.conflit, "origine": origine}
    contexte |= {
        "remplacee": vues.filter(remplacantes=pk).first(),
        "remplacantes": vues.filter(remplace=pk).order_by("sigle", "pk"),
    }
    return render(request, "agents/structure.html", contexte)


@require_perm("agents.change_agent")
@require_safe
@liste
def postes(request: HttpRequest) -> HttpResponse:
    """Show the posts, their follow-up and how many agents hold each."""
    definition = Liste(
        queryset=Poste.objects.visible_to(request.user).with_effectif(request.user, timezone.localdate()),
        table=PosteTable,
        modele="agents/postes.html",
        nom_fichier="postes",
        filtre=PosteFilter,
        options_table={"corrigeable": request.user.has_perm("agents.change_structure")},
    )
    return render_list(request, definition)


@require_perm("agents.change_structure")
@require_form
def poste_corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a post or change the follow-up that it asks for."""
    poste = get_object_or_404(Poste.objects.visible_to(request.user), pk=pk)
    initial = PosteForm.initial_of
    form = PosteForm(request.POST or None, initial=initial(poste))
    form.conflit = None
    if form.is_bound and form.is_valid():
        if attempt(
            form, lambda: update_poste(acteur=request.user, poste_id=pk, **form.cleaned_data), initial
        ):
            messages.success(request, "Le poste est corrigé ; les échéances de ses agents sont recalculées.")
            return redirect("agents:postes")
    contexte = {
        "form": form,
        "poste": poste,
        "conflit": form.conflit,
        "origine": find_origin_of(poste, request.user),
        "expositions": poste.expositions.select_related("type").order_by("type__ordre", "date_debut", "pk"),
        "exigences": poste.exigences.select_related("type").exclude(niveau=NiveauExigence.JAMAIS),
    }
    return render(request, "agents/poste.html", contexte)
