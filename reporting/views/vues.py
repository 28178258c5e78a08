"""One's saved views: keeping, naming, ordering, taking away and back."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import acces_connecte, require_form
from nouvea_sst.lib.aide import page_title
from nouvea_sst.lib.annulation import say_done
from reporting import actions
from reporting.forms import NomVueForm, VueForm
from reporting.listes import canonical_query, find_list
from reporting.models import VueEnregistree

DEJA_PRIS = "Une de vos vues de cette liste porte déjà ce nom."


@acces_connecte
@require_safe
def vues(request: HttpRequest) -> HttpResponse:
    """One's views, list by list; those of a list that one may no longer open stay out."""
    siennes = VueEnregistree.objects.visible_to(request.user)
    defauts = request.user.vues_par_defaut  # type: ignore[union-attr]
    groupes = []
    for nom, lignes in groupby(siennes, key=lambda vue: vue.liste):
        if liste := find_list(nom, request.user):
            gardees = [
                {"vue": v, "url": f"{liste.adresse}?{v.requete}", "par_defaut": defauts.get(nom) == v.requete}
                for v in lignes
            ]
            groupes.append({"titre": page_title(nom), "adresse": liste.adresse, "vues": gardees})
    return render(request, "reporting/vues.html", {"groupes": groupes})


@acces_connecte
@require_POST
def vue_enregistrer(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is filtered, sorted and shown now."""
    liste = find_list(request.POST.get("liste", ""), request.user)
    if liste is None:
        messages.error(request, "Cette page n’est pas une liste dont vous puissiez garder des vues.")
        return redirect("reporting:vues")
    form = VueForm(request.POST)
    requete = canonical_query(QueryDict(request.POST.get("requete", "")))
    if form.is_valid():
        try:
            vue = actions.save_vue(
                acteur=request.user,
                liste=liste.nom,
                nom=form.cleaned_data["nom"],
                requete=requete,
                remplacer=form.cleaned_data["remplacer"],
                par_defaut=form.cleaned_data["par_defaut"],
            )
        except actions.NomDejaPris:
            form.offer_replacement(DEJA_PRIS)
        else:
            messages.success(request, f"La vue « {vue} » est enregistrée.")
            return redirect(f"{liste.adresse}?{requete}")
    contexte = {"form": form, "liste": liste, "requete": requete, "titre_liste": page_title(liste.nom)}
    return render(request, "reporting/vue_enregistrer.html", contexte)


def _find(request: HttpRequest, pk: int) -> VueEnregistree:
    """One's view, or 404."""
    return get_object_or_404(VueEnregistree.objects.visible_to(request.user), pk=pk)


def _back(request: HttpRequest, vue: VueEnregistree, ouvrir: bool = True) -> HttpResponse:
    """Where the act was done: the page of all views, or the list, on this view or bare."""
    liste = find_list(vue.liste, request.user)
    if liste is None or request.POST.get("retour") == "vues":
        return redirect("reporting:vues")
    return redirect(f"{liste.adresse}?{vue.requete}" if ouvrir else liste.adresse)


@acces_connecte
@require_form
def vue_renommer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a view another name."""
    vue = _find(request, pk)
    form = NomVueForm(request.POST or None, initial={"nom": vue.nom})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_vue(acteur=request.user, vue_id=pk, nom=form.cleaned_data["nom"])
        except actions.NomDejaPris:
            form.add_error("nom", DEJA_PRIS)
        else:
            messages.success(request, f"La vue s’appelle maintenant « {form.cleaned_data['nom']} ».")
            return redirect("reporting:vues")
    return render(request, "reporting/vue_renommer.html", {"form": form, "vue": vue})


@acces_connecte
@require_POST
def vue_defaut(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the menu open the list on this view, or no longer."""
    vue = _find(request, pk)
    oui = request.POST.get("par_defaut") == "oui"
    actions.change_default_vue(acteur=request.user, vue_id=pk, par_defaut=oui)
    mots = f"Le menu ouvre maintenant la liste sur « {vue} »." if oui else "Le menu ouvre la liste entière."
    messages.success(request, mots)
    return _back(request, vue)


@acces_connecte
@require_POST
def vue_deplacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the place of a view among those of its list."""
    vue = _find(request, pk)
    sens = -1 if request.POST.get("sens") == "avant" else 1
    actions.move_vue(acteur=request.user, vue_id=pk, sens=sens)
    return _back(request, vue)


@acces_connecte
@require_POST
def vue_supprimer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a view away at once; the message puts it back."""
    vue = _find(request, pk)
    actions.delete_vue(acteur=request.user, vue_id=pk)
    retour: dict[str, Any] = {"retour": request.POST.get("retour", "")}
    adresse = reverse("reporting:vue_retablir", args=[pk])
    say_done(
        request, f"La vue « {vue} » est supprimée.", adresse=adresse, bouton="Garder la vue", champs=retour
    )
    return _back(request, vue, ouvrir=False)


@acces_connecte
@require_POST
def vue_retablir(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a deleted view back."""
    vue = get_object_or_404(VueEnregistree, pk=pk, utilisateur=request.user)
    try:
        actions.restore_vue(acteur=request.user, vue_id=pk)
        messages.success(request, f"La vue « {vue} » est gardée.")
    except actions.NomDejaPris:
        messages.error(request, f"La vue « {vue} » n’est pas remise\u202f: une autre a pris son nom.")
    return _back(request, vue)
