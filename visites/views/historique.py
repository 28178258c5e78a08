"""What changed on a visit and the measures that it set."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.historique import Piste, read_history
from nouvea_sst.imports.moteur.origines import tell_origins
from visites.models import Restriction, Visite
from visites.perms import sees_conclusion, sees_motif
from visites.views.agent import ONGLET, find_visite

CONCLUSION = ("conclusion", "validite_mois", "prochaine_visite", "message_employeur", "certificat")


@require_perm("visites.plan_visite", "visites.record_avis")
@require_safe
def historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on a visit, as far as this account reads visits."""
    visite = find_visite(request, pk)
    contexte = agent_frame(request, visite.agent_id, ONGLET)
    conclut = sees_conclusion(request.user, contexte["agent"])
    caches = () if conclut else CONCLUSION
    if not sees_motif(request.user, contexte["agent"]):
        caches = (*caches, "motif")
    pistes = [Piste(Visite, caches=caches)]
    if conclut:
        pistes.append(Piste(Restriction, "visite_id", caches=("agent",)))
    contexte |= {"visite": visite, "etapes": tell_origins(read_history(pistes, pk), request.user)}
    return render(request, "visites/historique.html", contexte)
