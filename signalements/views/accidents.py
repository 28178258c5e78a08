"""Enter an accident, see it, and the tab of an agent's accidents."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.models import Agent
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.versions import VersionPerimee, compare_texts
from nouvea_sst.referentiel.models import Parametre
from signalements.actions import create_accident, update_accident
from signalements.actions.accident import ArretRefuse
from signalements.forms.accident import AccidentForm
from signalements.models import Accident, Action, Signalement
from signalements.parametres import BIENTOT
from signalements.perms import can_change_accident

TROUVES = 20


def find_accident(request: HttpRequest, pk: int) -> Accident:
    """Return the accident, or 404 out of scope."""
    lignes = Accident.objects.visible_to(request.user).with_absences()
    liens = ("agent__structure", "structure", "rechute_de", "signalement")
    return get_object_or_404(lignes.select_related(*liens), pk=pk)


@require_perm("signalements.view_accident")
@require_safe
def accident(request: HttpRequest, pk: int) -> HttpResponse:
    """One accident: circumstances, absences, days lost, actions."""
    vu = find_accident(request, pk)
    user, jour = request.user, timezone.localdate()
    record_consultation(acteur=user, acte="signalements.accident", objet=vu, agent=vu.agent)
    signalements = Signalement.objects.visible_to(user)
    contexte = {
        "accident": vu,
        "jour": jour,
        "a_venir": vu.jours_a_venir(jour),
        "arrets": sorted(vu.absences.all(), key=lambda a: a.date_debut)
        if user.has_perm("agents.view_absence")
        else None,
        "signalement": signalements.filter(accidents=vu).first(),
        "rechutes": vu.rechutes.order_by("date", "pk"),
        "bientot": Parametre.objects.number_on(jour, BIENTOT),
        "actions": Action.objects.visible_to(user).filter(accident=vu).select_related("pilote"),
        "modifiable": can_change_accident(user, vu.agent),
    }
    return render(request, "signalements/accident.html", contexte)


@require_perm("signalements.view_accident")
@require_safe
def accidents_agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Accidents of one agent: a tab of his page."""
    cadre = agent_frame(request, pk)
    accidents = Accident.objects.visible_to(request.user).filter(agent=cadre["agent"])
    contexte = {
        "accidents": accidents.select_related("structure").with_absences(),
        "saisit": can_change_accident(request.user, cadre["agent"]),
    }
    return render(request, "signalements/accidents_agent.html", cadre | contexte)


def _record_form(request: HttpRequest, victime: Agent, vu: Accident | None = None) -> None:
    """Leave the consultation line of an entry form: it shows the leaves of the agent."""
    if request.method in {"GET", "HEAD"}:
        acte = "signalements.modifier_accident" if vu else "signalements.ajouter_accident"
        record_consultation(acteur=request.user, acte=acte, objet=vu or victime, agent=victime)


def _origin(request: HttpRequest) -> Signalement | None:
    """The report that the accident is opened from, if this account sees it."""
    pk = request.GET.get("signalement", "")
    return Signalement.objects.visible_to(request.user).filter(pk=pk).first() if pk.isdecimal() else None


def _from_report(origine: Signalement | None) -> dict[str, Any]:
    """What the report already says."""
    if origine is None:
        return {}
    return {
        "date": origine.survenu_le,
        "heure": origine.survenu_a,
        "lieu": origine.lieu,
        "circonstances": origine.recit,
        "structure": origine.structure_id,
    }


@require_perm("signalements.change_accident")
@require_safe
def choisir_agent(request: HttpRequest) -> HttpResponse:
    """First of two steps: whose accident."""
    q = request.GET.get("q", "").strip()
    origine = _origin(request)
    numeros = request.user.has_perm("agents.view_identite")
    trouves = Agent.objects.visible_to(request.user).search(q, numeros=numeros) if q else Agent.objects.none()
    concernes = origine.agents.visible_to(request.user) if origine else Agent.objects.none()
    contexte: dict[str, Any] = {
        "q": q,
        "origine": origine,
        "trouves": list(trouves.select_related("structure", "poste")[: TROUVES + 1]),
        "limite": TROUVES,
        "concernes": list(concernes.select_related("structure", "poste")),
    }
    if montres := len(contexte["trouves"]) + len(contexte["concernes"]):
        record_consultation(
            acteur=request.user, acte="signalements.choisir_agent", libelle=count_of(montres, "agent")
        )
    return render(request, "signalements/choisir_agent.html", contexte)


@require_perm("signalements.change_accident")
@require_form
@send_once
def ajouter_accident(request: HttpRequest, agent: int) -> HttpResponse:
    """Second step: the accident itself."""
    victime = get_object_or_404(Agent.objects.visible_to(request.user), pk=agent)
    if not can_change_accident(request.user, victime):
        raise PermissionDenied
    _record_form(request, victime)
    origine = _origin(request)
    form = AccidentForm(
        request.POST or None,
        initial=_from_report(origine),
        agent=victime,
        user=request.user,
        jour=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        faits = form.faits | {"agent": victime, "signalement": origine}
        try:
            jeton = form.cleaned_data["jeton"] or form.initial["jeton"]
            cree = create_accident(acteur=request.user, jeton=jeton, faits=faits, absences=form.arrets)
            messages.success(request, f"Accident {cree.numero} enregistré.")
            return redirect("signalements:accident", pk=cree.pk)
        except (ValidationError, ArretRefuse) as refus:
            form.add_error(None, refus if isinstance(refus, ValidationError) else str(refus))
    contexte = {"form": form, "agent": victime, "origine": origine, "accident": None, "conflit": None}
    return render(request, "signalements/accident_saisie.html", contexte)


@require_perm("signalements.change_accident")
@require_form
def modifier_accident(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an accident, link its absences."""
    vu = find_accident(request, pk)
    if not can_change_accident(request.user, vu.agent):
        raise PermissionDenied
    _record_form(request, vu.agent, vu)
    options: dict[str, Any] = {"agent": vu.agent, "user": request.user, "jour": timezone.localdate()}
    form = AccidentForm(request.POST or None, instance=vu, initial={"version": vu.version}, **options)
    conflit = None
    if request.method == "POST" and form.is_valid():
        try:
            update_accident(
                acteur=request.user,
                pk=pk,
                version=form.cleaned_data["version"] or 0,
                faits=form.faits,
                absences=form.arrets,
            )
            messages.success(request, f"Accident {vu.numero} corrigé.")
            return redirect("signalements:accident", pk=pk)
        except (ValidationError, ArretRefuse) as refus:
            form.add_error(None, refus if isinstance(refus, ValidationError) else str(refus))
        except VersionPerimee as perimee:
            conflit = compare_texts(form, perimee.objet)
            form.data = form.data.copy()
            form.data["version"] = str(perimee.objet.version)
    contexte = {"form": form, "agent": vu.agent, "origine": None, "accident": vu, "conflit": conflit}
    return render(request, "signalements/accident_saisie.html", contexte)
