"""What an administrator does to an account, each act confirmed on its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.actions import (
    ask_reset,
    ask_role,
    disable_compte,
    enable_compte,
    revoke_lien,
)
from nouvea_sst.comptes.enums import NatureDemande
from nouvea_sst.comptes.forms import RoleForm
from nouvea_sst.comptes.models import DemandeCompte
from nouvea_sst.comptes.rules.approbation import AVIS
from nouvea_sst.comptes.views.comptes import account_frame, show_lien
from nouvea_sst.lib.versions import VersionPerimee

DROIT = "comptes.change_compte"
ATTENTE = "La demande attend l’accord du chef de section."
AVERTIE = "La personne en est avertie."
PERIME = "Quelqu’un d’autre a changé ce compte entre-temps : relisez-le avant d’envoyer."


def perform(request: HttpRequest, pk: int, act: Callable[..., Any], fait: str) -> HttpResponse:
    """Do an act to somebody else's account, say that it is done, asked or refused, and go back to it."""
    account_frame(request, pk, a_changer=True)
    try:
        resultat = act(acteur=request.user, maintenant=timezone.now(), compte_id=pk)
        if resultat:
            demande = resultat if isinstance(resultat, DemandeCompte) else None
            messages.success(request, words_of(demande) if demande else fait)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    return redirect("comptes:compte", pk)


@require_perm(DROIT)
@require_form
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another role."""
    contexte = account_frame(request, pk, a_changer=True)
    fiche = contexte["compte"]
    form = RoleForm(request.POST or None, compte=fiche, initial={"version": fiche.version})
    if form.is_bound and form.is_valid():
        acteur: Any = request.user
        try:
            demande = ask_role(acteur=acteur, maintenant=timezone.now(), compte_id=pk, **form.cleaned_data)
        except ValidationError as refus:
            form.add_error("role", refus.messages)
        except VersionPerimee as perimee:
            form.data = request.POST.dict() | {"version": str(perimee.objet.version)}  # type: ignore[attr-defined]
            form.add_error(None, PERIME)
        else:
            messages.success(request, words_of(demande))
            return redirect("comptes:compte", pk)
    return render(request, "comptes/role.html", contexte | {"form": form})


@require_perm(DROIT)
@require_form
def desactiver(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then disable the account and end its sessions."""
    if request.method == "POST":
        fait = "Le compte est désactivé et ses sessions sont fermées."
        return perform(request, pk, disable_compte, fait)
    contexte = account_frame(request, pk, a_changer=True)
    ouvertes = contexte["compte"].sessions.open_at(timezone.now()).count()
    return render(request, "comptes/desactiver.html", contexte | {"ouvertes": ouvertes, "form": None})


@require_perm(DROIT)
@require_POST
def reactiver(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a disabled account again."""
    return perform(request, pk, enable_compte, "Le compte est réactivé.")


@require_perm(DROIT)
@require_POST
def creer_lien(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link of an invitation or of a new password: it goes to the person, or is shown once."""
    contexte = account_frame(request, pk, a_changer=True)
    try:
        return show_lien(request, contexte["compte"], timezone.now())
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
        return redirect("comptes:compte", pk)


@require_perm(DROIT)
@require_POST
def retirer_lien(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the link back."""
    return perform(request, pk, revoke_lien, "Le lien est retiré : il n’ouvre plus rien.")


@require_perm(DROIT)
@require_POST
def demander_mot_de_passe(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the chef de section to agree to a new password."""
    return perform(request, pk, ask_reset, ATTENTE)


def words_of(demande: DemandeCompte) -> str:
    """Say that a request waits, and that the person is told, where he is: nobody is told of a new account."""
    dite = AVIS[NatureDemande(demande.nature)].demande is not None
    return f"{ATTENTE} {AVERTIE}" if dite else ATTENTE
