"""What an account reaches: the « Portée » tab of its page."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agents.actions import ask_agent, end_responsabilite, give_responsabilite, unlink_agent
from agents.forms.portee import LienAgentForm, ResponsabiliteForm
from agents.models import Agent, Responsabilite
from agents.views.saisie import add_errors, attempt
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.enums import NatureDemande, Portee
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.models import DemandeCompte
from nouvea_sst.comptes.views.actes import ATTENTE, AVERTIE, PERIME, words_of
from nouvea_sst.comptes.views.comptes import account_frame
from nouvea_sst.lib.affichage import as_day
from nouvea_sst.lib.annulation import say_done
from nouvea_sst.lib.versions import VersionPerimee, read_version

DONNEE = "La responsabilité est donnée."
# What each scope of a role means here, with and without a responsibility.
EXPLICATIONS = {
    Portee.TOUS: "Ce rôle atteint tous les agents. S’il répond d’une collectivité, il n’atteint plus que les "
    "agents de celle-ci.",
    Portee.EQUIPE: "Ce rôle n’atteint que les agents des structures et des collectivités dont il répond.",
    Portee.SOI: "Ce rôle n’atteint que la fiche de la personne elle-même.",
    Portee.AUCUNE: "Ce rôle n’atteint la fiche d’aucun agent.",
}


@require_perm("comptes.view_compte")
@require_safe
def portee(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an account answers for, and whether it is an agent's."""
    return show(request, account_frame(request, pk))


def show(request: HttpRequest, contexte: dict[str, Any], **forms: Any) -> HttpResponse:
    """Show the tab, with the forms as they were sent."""
    compte, jour = contexte["compte"], timezone.localdate()
    tenues = compte.responsabilites.select_related("structure", "collectivite")
    demandes = list(compte.demandes.unfinished().select_related("demandeur"))
    attendues = [d for d in demandes if d.nature == NatureDemande.PORTEE]
    fins = {json.loads(d.cible).get("finir") for d in attendues}
    contexte |= {
        "jour": jour,
        "explication": EXPLICATIONS[compte.portee],
        "repond": compte.portee in {Portee.TOUS, Portee.EQUIPE},
        "lignes": [
            {
                "tenue": t,
                "court": t.date_fin is None or t.date_fin >= jour,
                "a_venir": t.date_debut > jour,
                "fin_demandee": t.pk in fins,
            }
            for t in tenues
        ],
        "attendues": attendues,
        "relie": Agent.objects.filter(compte=compte).exists(),
        "demandee": next((d for d in demandes if d.nature == NatureDemande.FICHE), None),
    }
    if contexte["peut_changer"]:
        neuve = ResponsabiliteForm(user=request.user, jour=jour, initial={"date_debut": jour})
        contexte |= {"form": neuve, "form_agent": LienAgentForm()} | forms
    return render(request, "agents/portee.html", contexte)


@require_perm("comptes.change_compte")
@require_POST
@send_once
def portee_ajouter(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the account answer for something more."""
    contexte = account_frame(request, pk, a_changer=True)
    acteur: Any = request.user
    form = ResponsabiliteForm(request.POST, user=request.user, jour=timezone.localdate())
    if form.is_valid():
        try:
            fait = give_responsabilite(
                acteur=acteur, maintenant=timezone.now(), compte_id=pk, **form.cleaned_data
            )
        except ValidationError as refus:
            add_errors(form, refus)
        else:
            donnee = f"{DONNEE} {AVERTIE}"
            messages.success(request, words_of(fait) if isinstance(fait, DemandeCompte) else donnee)
            return redirect("agents:portee", pk)
    return show(request, contexte, form=form)


@require_perm("comptes.change_compte")
@require_POST
def portee_finir(request: HttpRequest, pk: int, responsabilite: int) -> HttpResponse:
    """End a responsibility, or ask for it; what ended so is given back by a request like any other."""
    compte = account_frame(request, pk, a_changer=True)["compte"]
    tenue = get_object_or_404(Responsabilite.objects.filter(compte=compte), pk=responsabilite)
    acteur: Any = request.user
    maintenant = timezone.now()
    fait = end_responsabilite(acteur=acteur, maintenant=maintenant, responsabilite=tenue)
    if isinstance(fait, DemandeCompte):
        messages.success(request, words_of(fait))
    elif fait is not None:
        say_done(
            request,
            f"Le compte ne répond plus de {tenue.objet}. {AVERTIE}",
            adresse=reverse("agents:portee_ajouter", args=[pk]),
            bouton="Demander à la rendre",
            champs=ResponsabiliteForm.fields_of(tenue, as_day(maintenant)),
        )
    return redirect("agents:portee", pk)


@require_perm("comptes.change_compte")
@require_POST
def portee_relier(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to link the account to the agent who bears what was typed."""
    contexte = account_frame(request, pk, a_changer=True)
    acteur: Any = request.user
    form = LienAgentForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: ask_agent(acteur=acteur, maintenant=timezone.now(), compte_id=pk, **form.cleaned_data),
    ):
        messages.success(request, f"{ATTENTE} {AVERTIE}")
        return redirect("agents:portee", pk)
    return show(request, contexte, form_agent=form)


@require_perm("comptes.change_compte")
@require_POST
def portee_delier(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the agent from the account."""
    account_frame(request, pk, a_changer=True)
    acteur: Any = request.user
    try:
        fait = unlink_agent(
            acteur=acteur, maintenant=timezone.now(), compte_id=pk, version=read_version(request.POST)
        )
        if isinstance(fait, DemandeCompte):
            messages.success(request, f"{ATTENTE} {AVERTIE}")
        elif fait is not None:
            messages.success(request, "Le compte n’est plus relié à un agent.")
    except VersionPerimee:
        messages.warning(request, PERIME)
    return redirect("agents:portee", pk)
