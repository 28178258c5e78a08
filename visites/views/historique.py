"""What changed on a visit and the measures that it set, or on a request for a visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.historique import Piste, read_history, render_history
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.moteur.origines import tell_origins
from visites.models import DemandeVisite, Restriction, Visite
from visites.perms import is_care_staff, sees_conclusion, sees_motif
from visites.views.agent import ONGLET, find_visite
from visites.views.demandes import find_demande

CONCLUSION = ("conclusion", "validite_mois", "prochaine_visite", "message_employeur", "certificat")


@require_perm("visites.plan_visite", "visites.record_avis")
@require_safe
def historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on a visit, as far as this account reads visits."""
    visite = find_visite(request, pk)
    contexte = agent_frame(request, visite.agent_id, ONGLET)
    conclut = sees_conclusion(request.user, contexte["agent"])
    caches: tuple[str, ...] = () if conclut else CONCLUSION
    if not is_care_staff(request.user):
        caches = (*caches, "orientation")
    if not sees_motif(request.user, contexte["agent"]):
        caches = (*caches, "motif")
    pistes = [Piste(Visite, caches=caches)]
    if conclut:
        pistes.append(Piste(Restriction, "visite_id", caches=("agent",)))
    contexte |= {"visite": visite, "etapes": tell_origins(read_history(pistes, pk), request.user)}
    return render(request, "visites/historique.html", contexte)


@require_perm("visites.view_demande")
@require_safe
def historique_demande(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of a request, step by step, to those who read all requests."""
    vue = find_demande(request, pk)
    record_consultation(acteur=request.user, acte="visites.demande_historique", objet=vue, agent=vue.agent)
    titre = f"demande de visite n° {vue.pk}"
    retour = (reverse("visites:demande", args=[pk]), str(vue))
    return render_history(
        request, objet=vue, titre=titre, retour=retour, pistes=[Piste(DemandeVisite)], dire=tell_origins
    )
