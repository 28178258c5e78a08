"""Decide an action of the plan, follow it, prove that it is done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.transitions import TransitionRefusee, next_states
from nouvea_sst.lib.versions import VersionPerimee, compare_texts
from nouvea_sst.referentiel.models import Parametre
from signalements import actions
from signalements.enums import OrigineAction
from signalements.forms.plan import ActionForm, PreuveForm
from signalements.forms.signalement import TexteForm
from signalements.models import Accident, Action, Signalement
from signalements.parametres import BIENTOT
from signalements.rules.etats import ACTION
from signalements.tables import state_of

ECRIRE = "signalements.change_action"
PERIMEE = "Quelqu’un d’autre a enregistré cette action : relisez-la avant d’envoyer."


def find_action(request: HttpRequest, pk: int) -> Action:
    """Return the action, or 404."""
    lignes = Action.objects.visible_to(request.user)
    return get_object_or_404(lignes.select_related("structure", "pilote", "signalement", "accident"), pk=pk)


@require_perm("signalements.view_action")
@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action."""
    vue = find_action(request, pk)
    record_consultation(acteur=request.user, acte="signalements.action", objet=vue)
    user, jour = request.user, timezone.localdate()
    etat, mots = state_of(vue, jour, Parametre.objects.number_on(jour, BIENTOT))
    contexte = {
        "action": vue,
        "jour": jour,
        "etat": etat,
        "etat_mots": mots,
        "signalement": Signalement.objects.visible_to(user).filter(actions=vue).first(),
        "accident": Accident.objects.visible_to(user).filter(actions=vue).first(),
        "suites": {e.value for e in next_states(ACTION, vue.etat)} if user.has_perm(ECRIRE) else set(),
    }
    return render(request, "signalements/action.html", contexte)


def _cause(request: HttpRequest) -> dict[str, Any]:
    """The report or the accident that the action answers, if this account sees it."""
    for nom, modele in (("signalement", Signalement), ("accident", Accident)):
        pk = request.GET.get(nom, "")
        if pk.isdecimal():
            return {nom: get_object_or_404(modele.objects.visible_to(request.user), pk=pk)}
    return {}


def _back(cause: dict[str, Any]) -> str:
    """Where one came from."""
    for nom, objet in cause.items():
        return reverse(f"signalements:{nom}", args=[objet.pk])
    return reverse("signalements:actions")


@require_perm(ECRIRE)
@require_form
@send_once
def ajouter_action(request: HttpRequest) -> HttpResponse:
    """Add an action to the plan, from a report, from an accident or by itself."""
    jour, cause = timezone.localdate(), _cause(request)
    initial = {
        "origine": next(iter(cause), OrigineAction.AUTRE),
        "structure": next((o.structure_id for o in cause.values()), None),
    }
    form = ActionForm(request.POST or None, initial=initial, user=request.user, jour=jour)
    if request.method == "POST" and form.is_valid():
        jeton = form.cleaned_data["jeton"] or form.initial["jeton"]
        creee = actions.create_action(acteur=request.user, jour=jour, jeton=jeton, faits=form.faits | cause)
        messages.success(request, f"Action {creee.numero} enregistrée.")
        return redirect("signalements:action", pk=creee.pk)
    objet = next(iter(cause.values()), None)
    contexte = {"form": form, "action": None, "cause": objet, "retour": _back(cause), "conflit": None}
    return render(request, "signalements/action_saisie.html", contexte)


@require_perm(ECRIRE)
@require_form
def modifier_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an open action."""
    vue = find_action(request, pk)
    retour = reverse("signalements:action", args=[pk])
    form = ActionForm(
        request.POST or None,
        instance=vue,
        initial={"version": vue.version},
        user=request.user,
        jour=timezone.localdate(),
    )
    conflit = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.update_action(acteur=request.user, pk=pk, version=version, faits=form.faits)
            messages.success(request, f"Action {vue.numero} corrigée.")
            return redirect(retour)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect(retour)
        except VersionPerimee as perimee:
            conflit = compare_texts(form, perimee.objet)
            form.data = form.data.copy()
            form.data["version"] = str(perimee.objet.version)
    contexte = {"form": form, "action": vue, "cause": None, "retour": retour, "conflit": conflit}
    return render(request, "signalements/action_saisie.html", contexte)


@require_perm(ECRIRE)
@require_POST
def commencer_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an action."""
    vue = find_action(request, pk)
    try:
        version = int(request.POST.get("version", "0"))
        actions.start_action(acteur=request.user, pk=pk, version=version)
        messages.success(request, f"Action {vue.numero} : en cours.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    except (VersionPerimee, ValueError):
        messages.warning(request, PERIMEE)
    return redirect("signalements:action", pk=pk)


def _try(request: HttpRequest, vue: Action, form: Any, act: Any, fait: str) -> HttpResponse | None:
    """Do the act and go back to the page; nothing when somebody else saved meanwhile."""
    try:
        act()
        messages.success(request, f"Action {vue.numero} : {fait}.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    except VersionPerimee as perimee:
        form.data = form.data.copy()
        form.data["version"] = str(perimee.objet.version)  # type: ignore[attr-defined]
        form.add_error(None, PERIMEE)
        return None
    return redirect("signalements:action", pk=vue.pk)


@require_perm(ECRIRE)
@require_form
def terminer_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an action is done, with its proof."""
    vue = find_action(request, pk)
    form = PreuveForm(
        request.POST or None,
        initial={"version": vue.version},
        decidee_le=vue.creee_le,
        jour=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        suite = {nom: form.cleaned_data[nom] for nom in ("version", "faite_le", "preuve")}
        reponse = _try(
            request,
            vue,
            form,
            lambda: actions.finish_action(acteur=request.user, pk=pk, **suite),
            "faite",
        )
        if reponse:
            return reponse
    contexte = {
        "action": vue,
        "form": form,
        "question": "L’action est faite ?",
        "consequences": "L’action sort de « À faire » et garde sa preuve. Elle ne change plus.",
        "bouton": "Enregistrer la preuve",
        "danger": False,
    }
    return render(request, "signalements/action_acte.html", contexte)


@require_perm(ECRIRE)
@require_form
def abandonner_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an action up for a reason."""
    vue = find_action(request, pk)
    form = TexteForm(
        request.POST or None,
        initial={"version": vue.version},
        libelle="Raison de l’abandon",
        aide="Elle est gardée et présentée au CHCT.",
        longueur=1000,
    )
    if request.method == "POST" and form.is_valid():
        version, raison = form.cleaned_data["version"], form.cleaned_data["texte"]
        jour = timezone.localdate()
        reponse = _try(
            request,
            vue,
            form,
            lambda: actions.abandon_action(
                acteur=request.user, pk=pk, version=version, jour=jour, raison=raison
            ),
            "abandonnée",
        )
        if reponse:
            return reponse
    contexte = {
        "action": vue,
        "form": form,
        "question": "Abandonner l’action ?",
        "consequences": "L’action sort de « À faire ». Elle reste au plan avec sa raison et ne change plus.",
        "bouton": "Abandonner l’action",
        "danger": True,
    }
    return render(request, "signalements/action_acte.html", contexte)
