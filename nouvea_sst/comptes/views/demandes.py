"""What waits for the chef de section: accounts, roles, new passwords."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.actions import approve_demandes, refuse_demande
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import AvisCompte, DemandeCompte
from nouvea_sst.comptes.perms import can_decide, can_read_precision
from nouvea_sst.comptes.rules.approbation import DONNENT_A_LIRE
from nouvea_sst.comptes.tables import list_name
from nouvea_sst.comptes.views.comptes import waiting
from nouvea_sst.lib.affichage import count_of

VOIE_RECENTE = datetime.timedelta(days=30)


@require_perm("comptes.view_compte")
@require_safe
def demandes(request: HttpRequest) -> HttpResponse:
    """List what waits; whoever approves may decide what he has not asked and what is not about himself."""
    attente = list(waiting(request.user).select_related("compte", "demandeur"))
    record_consultation(
        acteur=request.user, acte="comptes.demandes", libelle=count_of(len(attente), "demande")
    )
    voies = recent_ways_in(attente, timezone.now())
    lignes = [
        line_of(d, request.user) | {"voie": voies.get(d.compte_id) if d.nature in DONNENT_A_LIRE else None}
        for d in attente
    ]
    accordees = DemandeCompte.objects.visible_to(request.user).in_delay()
    decidables = sum(ligne["decidable"] for ligne in lignes)
    contexte = {
        "delai": settings.DELAI_SOIGNANTS_HEURES,
        "lignes": lignes,
        "total": decidables if request.user.has_perm("comptes.approve_compte") else len(lignes),
        "accordees": [
            line_of(demande, request.user) for demande in accordees.select_related("compte", "decideur")
        ],
        "decidables": decidables,
    }
    return render(request, "comptes/demandes.html", contexte)


def recent_ways_in(
    attente: list[DemandeCompte], maintenant: datetime.datetime
) -> dict[int, datetime.datetime]:
    """Return when a link or another address was last given to each account, if it was lately.

    Whoever gave it may hold the account that is about to get more rights.
    """
    cles = [demande.compte_id for demande in attente]
    avis = AvisCompte.objects.filter(compte__in=cles).of_ways_in().told_since(maintenant - VOIE_RECENTE)
    return dict(avis.order_by("cree_le").values_list("compte_id", "cree_le"))


def line_of(demande: DemandeCompte, user: Any) -> dict[str, Any]:
    """Return one request as the page shows it."""
    return {
        "demande": demande,
        "nom": list_name(demande.compte),
        "precision": demande.precision if can_read_precision(user, demande) else "",
        "decidable": can_decide(user, demande),
    }


@require_perm("comptes.approve_compte")
@require_POST
def approuver(request: HttpRequest) -> HttpResponse:
    """Approve those that are ticked."""
    acteur: Any = request.user
    choisies = [int(cle) for cle in request.POST.getlist("demande") if cle.isdecimal() and len(cle) < 19]
    try:
        faites = approve_demandes(acteur=acteur, maintenant=timezone.now(), demandes=choisies)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        if faites:
            messages.success(request, f"{count_of(len(faites), 'demande')} : votre accord est donné.")
        else:
            messages.info(request, "Cochez au moins une demande qui attend encore.")
    return redirect("comptes:demandes")


@require_perm("comptes.approve_compte")
@require_form
def refuser(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then refuse one."""
    demande = get_object_or_404(
        DemandeCompte.objects.visible_to(request.user).select_related("compte", "demandeur"), pk=pk
    )
    if request.method == "POST":
        acteur: Any = request.user
        if refuse_demande(acteur=acteur, maintenant=timezone.now(), demande_id=pk):
            messages.success(request, "La demande est refusée.")
        return redirect("comptes:demandes")
    contexte = {"demande": demande, "nom_compte": list_name(demande.compte), "form": None}
    return render(request, "comptes/refuser.html", contexte)
