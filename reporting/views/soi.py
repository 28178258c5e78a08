"""« Mon dossier »: one's own file, for any account that an agent holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.views.cadre import describe_agent
from documents.models import Document
from nouvea_sst.comptes.acces import acces_connecte
from nouvea_sst.comptes.journal import record_consultation
from reporting.soi.lecture import find_own, gather


@acces_connecte
@require_safe
def dossier(request: HttpRequest) -> HttpResponse:
    """What the house holds about oneself; without a linked agent, what to ask and whom."""
    agent = find_own(request.user)
    if agent is None:
        return render(request, "soi/sans_agent.html")
    jour = timezone.localdate()
    record_consultation(acteur=request.user, acte="soi.dossier", objet=agent, agent=agent)
    contexte = {"agent": agent, "jour": jour, "resume": describe_agent(request.user, agent, jour)}
    return render(request, "soi/dossier.html", contexte | gather(request.user, agent, jour))


@acces_connecte
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over one of one's own documents; another's is unknown here."""
    siens = Document.objects.filter(agent__compte_id=request.user.pk).select_related("agent")
    remis = get_object_or_404(siens, pk=pk)
    record_consultation(acteur=request.user, acte="soi.document", objet=remis, agent=remis.agent)
    reponse = HttpResponse(bytes(remis.contenu), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{remis.nom_fichier}"'
    return reponse
