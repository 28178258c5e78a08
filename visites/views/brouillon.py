"""What is typed of a conclusion is kept every few seconds, and comes back to its professional alone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from nouvea_sst.comptes.acces import require_perm, sans_garde
from nouvea_sst.lib.trousseau import CleManquante
from nouvea_sst.lib.versions import VersionPerimee, read_version
from visites.actions import drop_brouillon, keep_brouillon
from visites.perms import can_correct
from visites.rules.brouillons import kept_of, word_moment
from visites.views.agent import find_visite
from visites.views.conclusion import DROITS, check_signable

SANS_ISSUE = {"garde": None, "ailleurs": "", "autre_version": 0, "refus": ""}
SANS_CLE = "Le brouillon n’est pas gardé\u202f: une clé manque. Signez avant de fermer cette page."


@require_perm(*DROITS)
@sans_garde
@require_POST
def brouillon(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed so far, or erase it and begin again."""
    visite = find_visite(request, pk)
    corrige = can_correct(request.user, visite)
    if not corrige:
        check_signable(request.user, visite)
    page = "visites:corriger" if corrige else "visites:conclure"
    if "effacer" in request.POST:
        if drop_brouillon(acteur=request.user, visite=visite):
            messages.success(request, "Le brouillon est effacé.")
        return redirect(page, visite.pk)
    version = read_version(request.POST, "brouillon")
    contexte: dict[str, Any] = {"visite": visite, "brouillon_version": version} | SANS_ISSUE
    champs = kept_of(dict(request.POST.lists()))
    try:
        garde = keep_brouillon(acteur=request.user, visite=visite, version=version, champs=champs)
        contexte |= {"brouillon_version": garde.version, "garde": timezone.localtime(garde.garde_le)}
    except VersionPerimee as perimee:
        autre: Any = perimee.objet
        moment = word_moment(timezone.localtime(autre.garde_le), timezone.localdate())
        contexte |= {"ailleurs": moment, "autre_version": autre.version}
    except ValidationError as refus:
        contexte["refus"] = " ".join(refus.messages)
    except CleManquante:
        contexte["refus"] = SANS_CLE
    return render(request, "visites/_brouillon.html", contexte)
