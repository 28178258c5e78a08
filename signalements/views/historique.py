"""What changed on a report, an accident, an action of the plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import refus_sans_numero, require_perm
from nouvea_sst.comptes.historique import Piste, render_history
from nouvea_sst.comptes.journal import record_consultation
from signalements.models import Accident, Action, Signalement
from signalements.perms import can_view_declarant
from signalements.views.accidents import find_accident


@require_perm("signalements.qualify_signalement")
@refus_sans_numero
@require_safe
def historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on a report; who declared it only to those who may know."""
    vu = get_object_or_404(Signalement.objects.visible_to(request.user), pk=pk)
    record_consultation(acteur=request.user, acte="signalements.historique", objet=vu)
    connait = can_view_declarant(request.user, vu)
    caches = () if connait else ("declarant", "anonyme")
    pistes = [Piste(Signalement, caches=caches, tait_auteur=not connait, tait_heure=vu.anonyme)]
    retour = (reverse("signalements:signalement", args=[pk]), vu.numero)
    return render_history(request, objet=vu, titre=vu.numero, retour=retour, pistes=pistes)


@require_perm("signalements.change_accident")
@require_safe
def accident_historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on an accident."""
    vu = find_accident(request, pk)
    record_consultation(
        acteur=request.user, acte="signalements.accident_historique", objet=vu, agent=vu.agent
    )
    retour = (reverse("signalements:accident", args=[pk]), vu.numero)
    return render_history(request, objet=vu, titre=vu.numero, retour=retour, pistes=[Piste(Accident)])


@require_perm("signalements.change_action")
@require_safe
def action_historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on an action of the plan."""
    vue = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    record_consultation(acteur=request.user, acte="signalements.action_historique", objet=vue)
    retour = (reverse("signalements:action", args=[pk]), vue.numero)
    return render_history(request, objet=vue, titre=vue.numero, retour=retour, pistes=[Piste(Action)])
