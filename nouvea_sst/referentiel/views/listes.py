"""Small lists: one screen for all of them, as each app declares its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.historique import read_events
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions import add_entree, move_entree, set_actif, update_entree
from nouvea_sst.referentiel.catalogue import ListeEditable, catalogue, uses_of, with_uses
from nouvea_sst.referentiel.enums import Domaine, EtatEntree
from nouvea_sst.referentiel.filters import EntreeFilter
from nouvea_sst.referentiel.forms import VersionForm, entree_form
from nouvea_sst.referentiel.perms import ECRIRE, can_change
from nouvea_sst.referentiel.tables import EntreeTable
from nouvea_sst.referentiel.views.accueil import VOIR


def find_list(cle: str) -> ListeEditable:
    """Return a list by its key, or 404."""
    if cle not in catalogue().listes:
        raise Http404
    return catalogue().listes[cle]


def find_writable(request: HttpRequest, cle: str) -> ListeEditable:
    """Return a list that this account may change; 404 for none, 403 for another's domain."""
    trouvee = find_list(cle)
    if not can_change(request.user, trouvee.domaine):
        raise PermissionDenied
    return trouvee


@require_perm(VOIR)
@require_safe
@liste
def liste_entrees(request: HttpRequest, cle: str) -> HttpResponse:
    """The entries of a small list, in their order."""
    petite = find_list(cle)
    entrees = petite.modele._default_manager
    peut = can_change(request.user, petite.domaine)
    # A sorted or filtered list shows another order than the one that the buttons would change.
    deplacable = peut and petite.ordonnee and not set(request.GET) - {"page"}
    rangs = (
        {pk: rang for rang, pk in enumerate(entrees.values_list("pk", flat=True), 1)} if deplacable else {}
    )
    definition = Liste(
        queryset=with_uses(petite, entrees.all()),
        table=EntreeTable,
        modele="referentiel/liste.html",
        nom_fichier=petite.cle,
        filtre=lambda *args, **kwargs: EntreeFilter(*args, ancien=petite.ancien, **kwargs),
        contexte={"liste": petite, "domaine": Domaine(petite.domaine).label, "peut": peut},
        options_table={
            "liste": petite,
            "peut": peut,
            "compte": request.user.has_perm(petite.droit_nombre),
            "rangs": rangs,
            "exclude": ("version",),
        },
    )
    return render_list(request, definition)


@require_perm(VOIR)
@require_safe
def entree(request: HttpRequest, cle: str, pk: int) -> HttpResponse:
    """One entry: its fields, what uses it, its history."""
    petite = find_list(cle)
    vue = get_object_or_404(with_uses(petite, petite.modele._default_manager.all()), pk=pk)
    champs = (petite.ancien, *petite.champs, "source")
    contexte = {
        "liste": petite,
        "entree": vue,
        "jour": timezone.localdate(),
        "etat": EtatEntree.PROPOSEE if vue.actif else EtatEntree.DE_COTE,
        "champs": [_said(vue, nom, petite) for nom in dict.fromkeys(champs) if nom not in {"", "libelle"}],
        "emplois": used_by(request.user, petite, vue),
        "compte": request.user.has_perm(petite.droit_nombre),
        "evenements": read_events([vue]),
        "peut": can_change(request.user, petite.domaine),
    }
    return render(request, "referentiel/entree.html", contexte)


def _said(entree: Any, nom: str, petite: ListeEditable) -> tuple[str, str]:
    """A field in words."""
    libelle = "Ancien code" if nom == petite.ancien else str(entree._meta.get_field(nom).verbose_name)
    valeur = getattr(entree, nom)
    dire = getattr(entree, f"get_{nom}_display", None)
    if isinstance(valeur, bool):
        mots = "oui" if valeur else "non"
    else:
        mots = str(dire() if dire else valeur if valeur is not None else "")
    return libelle[:1].upper() + libelle[1:], mots


def used_by(user: Any, petite: ListeEditable, entree: Any) -> list[dict[str, Any]]:
    """What uses an entry, model by model; the number is a link for whoever may open the list."""
    lignes = []
    for emploi in uses_of(petite, entree):
        lien = emploi.lien
        ouvre = lien is not None and user.has_perm(lien.droit) and emploi.nombre
        url = f"{reverse(lien.url)}?{lien.parametres.format(entree.pk)}" if ouvre and lien else ""
        lignes.append({"nom": emploi.nom, "nombre": emploi.nombre, "url": url})
    return lignes


@require_perm(*ECRIRE)
@require_form
@send_once
def ajouter_entree(request: HttpRequest, cle: str) -> HttpResponse:
    """Add an entry at the end of a list."""
    petite = find_writable(request, cle)
    form = entree_form(petite, ajout=True)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ajoutee = add_entree(acteur=request.user, liste=petite, faits=form.faits)
        except ValidationError as refus:
            form.hold(refus)
        else:
            messages.success(request, f"« {ajoutee} » : entrée ajoutée.")
            return redirect("referentiel:entrees", cle)
    return render(request, "referentiel/saisir_entree.html", {"form": form, "liste": petite, "entree": None})


@require_perm(*ECRIRE)
@require_form
def corriger_entree(request: HttpRequest, cle: str, pk: int) -> HttpResponse:
    """Correct an entry."""
    petite = find_writable(request, cle)
    vue = get_object_or_404(with_uses(petite, petite.modele._default_manager.all()), pk=pk)
    form = entree_form(petite, ajout=False)(
        request.POST or None, instance=vue, initial={"version": vue.version}
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            update_entree(acteur=request.user, liste=petite, pk=pk, version=version, faits=form.faits)
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee as perimee:
            form.stale(perimee)
        else:
            messages.success(request, "Entrée corrigée.")
            return redirect("referentiel:entree", cle, pk)
    contexte = {"form": form, "liste": petite, "entree": vue}
    return render(request, "referentiel/saisir_entree.html", contexte)


@require_perm(*ECRIRE)
@require_form
def mettre_de_cote(request: HttpRequest, cle: str, pk: int) -> HttpResponse:
    """Ask before an entry is no longer offered; what holds it keeps it."""
    petite = find_writable(request, cle)
    vue = get_object_or_404(with_uses(petite, petite.modele._default_manager.all()), pk=pk)
    form = VersionForm(request.POST or None, initial={"version": vue.version})
    if request.method == "POST" and form.is_valid():
        return _set_actif(request, petite, pk, form.cleaned_data["version"], False)
    contexte = {
        "form": form,
        "liste": petite,
        "entree": vue,
        "compte": request.user.has_perm(petite.droit_nombre),
    }
    return render(request, "referentiel/mettre_de_cote.html", contexte)


@require_perm(*ECRIRE)
@require_POST
def proposer(request: HttpRequest, cle: str, pk: int) -> HttpResponse:
    """Offer an entry on entry again."""
    petite = find_writable(request, cle)
    get_object_or_404(petite.modele._default_manager, pk=pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    return _set_actif(request, petite, pk, version, True)


def _set_actif(
    request: HttpRequest, petite: ListeEditable, pk: int, version: int, actif: bool
) -> HttpResponse:
    """Do it and go back to the entry, which says a refusal."""
    try:
        set_actif(acteur=request.user, liste=petite, pk=pk, version=version, actif=actif)
    except VersionPerimee:
        messages.warning(request, "Quelqu’un d’autre a enregistré cette entrée entre-temps : relisez-la.")
    else:
        fait = "Entrée proposée de nouveau." if actif else "Entrée mise de côté : elle n’est plus proposée."
        messages.success(request, fait)
    return redirect("referentiel:entree", petite.cle, pk)


@require_perm(*ECRIRE)
@require_POST
def deplacer_entree(request: HttpRequest, cle: str, pk: int, rang: int) -> HttpResponse:
    """Bring an entry to a rank of its list, and come back to it."""
    petite = find_writable(request, cle)
    if not petite.ordonnee:
        raise Http404
    get_object_or_404(petite.modele._default_manager, pk=pk)
    move_entree(acteur=request.user, liste=petite, pk=pk, rang=rang)
    return redirect(f"{reverse('referentiel:entrees', args=[cle])}#entree-{pk}")
