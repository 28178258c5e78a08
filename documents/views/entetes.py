"""The head of the letters, and who signs them."""

import base64

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from documents.actions import add_signataire, correct_entete, correct_signataire
from documents.forms import CorrigerSignataireForm, EnTeteForm, SignataireForm
from documents.models import EnTete, Signataire
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once

TENIR = "documents.publish_modele"


@require_perm(TENIR)
@require_form
def entete(request: HttpRequest) -> HttpResponse:
    """Correct the head of the letters; below, who signs."""
    ligne = get_object_or_404(EnTete, pk=1)
    form = EnTeteForm(request.POST or None, request.FILES or None, initial=EnTeteForm.first_values(ligne))
    if request.method == "POST" and form.apply(correct_entete, acteur=request.user) is not None:
        messages.success(request, "En-tête enregistré.")
        return redirect("documents:entete")
    contexte = {
        "form": form,
        "logo": base64.b64encode(bytes(ligne.logo)).decode("ascii"),
        "signataires": Signataire.objects.visible_to(request.user),
    }
    return render(request, "documents/entete.html", contexte)


@require_perm(TENIR)
@require_form
@send_once
def signataire_ajouter(request: HttpRequest) -> HttpResponse:
    """Add somebody who signs."""
    form = SignataireForm(request.POST or None)
    if request.method == "POST" and form.apply(add_signataire, acteur=request.user) is not None:
        messages.success(request, "Signataire ajouté.")
        return redirect("documents:entete")
    return render(request, "documents/signataire.html", {"form": form, "signataire": None})


@require_perm(TENIR)
@require_form
def signataire_corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct who signs, or until when."""
    ligne = get_object_or_404(Signataire.objects.visible_to(request.user), pk=pk)
    lus = ("nom", "fonction", "delegation", "date_debut", "date_fin", "version")
    form = CorrigerSignataireForm(request.POST or None, initial={nom: getattr(ligne, nom) for nom in lus})
    if request.method == "POST":
        if form.apply(correct_signataire, acteur=request.user, pk=pk) is not None:
            messages.success(request, "Signataire corrigé.")
            return redirect("documents:entete")
    return render(request, "documents/signataire.html", {"form": form, "signataire": ligne})
