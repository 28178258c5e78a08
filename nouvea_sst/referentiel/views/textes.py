"""Texts: law and rules, what they found."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.historique import read_events
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions import add_texte, update_texte
from nouvea_sst.referentiel.filters import TexteFilter
from nouvea_sst.referentiel.forms import TexteForm
from nouvea_sst.referentiel.models import Texte
from nouvea_sst.referentiel.rules.valeurs import write_valeur
from nouvea_sst.referentiel.tables import TexteTable
from nouvea_sst.referentiel.views.accueil import VOIR

ECRIRE_TEXTES = "referentiel.change_parametre"


@require_perm(VOIR)
@require_safe
@liste
def liste_textes(request: HttpRequest) -> HttpResponse:
    """All texts."""
    definition = Liste(
        queryset=Texte.objects.visible_to(request.user).with_uses(),
        table=TexteTable,
        modele="referentiel/textes.html",
        nom_fichier="textes",
        filtre=TexteFilter,
        contexte={"peut": request.user.has_perm(ECRIRE_TEXTES)},
    )
    return render_list(request, definition)


@require_perm(VOIR)
@require_safe
def texte(request: HttpRequest, pk: int) -> HttpResponse:
    """One text: the values that it founds, its history."""
    vu = get_object_or_404(Texte.objects.visible_to(request.user), pk=pk)
    valeurs = vu.valeurs.kept().order_by("libelle", "-date_effet")
    contexte = {
        "texte": vu,
        "jour": timezone.localdate(),
        "valeurs": [(v, write_valeur(v.valeur, v.unite)) for v in valeurs],
        "evenements": read_events([vu]),
        "peut": request.user.has_perm(ECRIRE_TEXTES),
    }
    return render(request, "referentiel/texte.html", contexte)


@require_perm(ECRIRE_TEXTES)
@require_form
@send_once
def ajouter_texte(request: HttpRequest) -> HttpResponse:
    """Add a text."""
    form = TexteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ajoute = add_texte(acteur=request.user, faits=form.faits)
        except ValidationError as refus:
            form.hold(refus)
        else:
            messages.success(request, f"{ajoute} : texte enregistré.")
            return redirect("referentiel:texte", ajoute.pk)
    return render(request, "referentiel/saisir_texte.html", {"form": form, "texte": None})


@require_perm(ECRIRE_TEXTES)
@require_form
def corriger_texte(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a text."""
    vu = get_object_or_404(Texte.objects.visible_to(request.user), pk=pk)
    form = TexteForm(request.POST or None, instance=vu, initial={"version": vu.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            update_texte(acteur=request.user, pk=pk, version=version, faits=form.faits)
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee as perimee:
            form.stale(perimee)
        else:
            messages.success(request, "Texte corrigé.")
            return redirect("referentiel:texte", pk)
    return render(request, "referentiel/saisir_texte.html", {"form": form, "texte": vu})
