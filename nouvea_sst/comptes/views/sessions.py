"""Open sessions: one's own, and those of an account for the administrator."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import acces_connecte, require_perm
from nouvea_sst.comptes.actions import close_all_sessions, close_session, oppose_demande
from nouvea_sst.comptes.models import AvisCompte, DemandeCompte, SessionCompte, Utilisateur
from nouvea_sst.comptes.views.comptes import account_frame
from nouvea_sst.lib.affichage import count_of

AVIS_MONTRES = datetime.timedelta(days=90)
TOUTES = "toutes"


def name_of(session_key: str) -> str:
    """Return the name of a session on screen: its key would open it."""
    return salted_hmac("comptes.session", session_key).hexdigest()[:16]


def rows_of(request: HttpRequest, compte: Utilisateur) -> list[dict[str, Any]]:
    """Return the open sessions of an account, the one in use first."""
    sessions = SessionCompte.objects.visible_to(request.user).filter(compte=compte).open_at(timezone.now())
    ici = request.session.session_key
    lignes = [
        {"session": s, "nom": name_of(s.session_key), "ici": s.session_key == ici}
        for s in sessions.defer("session_data")
    ]
    return sorted(lignes, key=lambda ligne: not ligne["ici"])


@acces_connecte
@require_safe
def mes_sessions(request: HttpRequest) -> HttpResponse:
    """Show where one's account is open, what was done to it, and what one may still refuse."""
    lignes = rows_of(request, request.user)  # type: ignore[arg-type]
    depuis = timezone.now() - AVIS_MONTRES
    avis = AvisCompte.objects.visible_to(request.user).told_since(depuis)
    # One line where two addresses were told the same.
    dits = {(a.nature, a.cree_le): a for a in avis}
    contexte = {
        "lignes": lignes,
        "autres": len(lignes) - 1,
        "maximum": settings.SESSIONS_PAR_COMPTE,
        "avis": list(dits.values()),
        "contestables": DemandeCompte.objects.may_be_opposed_by(request.user).select_related("demandeur"),
    }
    return render(request, "comptes/mes_sessions.html", contexte)


@acces_connecte
@require_POST
def opposer(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse what was approved about one's own account and is not in effect yet."""
    acteur: Any = request.user
    get_object_or_404(DemandeCompte.objects.filter(compte=acteur), pk=pk)
    if oppose_demande(acteur=acteur, maintenant=timezone.now(), demande_id=pk):
        messages.success(request, "C’est refusé : rien ne change sur votre compte.")
    else:
        messages.info(request, "Cette demande n’attend plus : regardez ce qui a été fait.")
    return redirect("comptes:mes_sessions")


@require_perm("comptes.change_compte")
@require_safe
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where an account is open."""
    contexte = account_frame(request, pk)
    return render(
        request, "comptes/sessions.html", contexte | {"lignes": rows_of(request, contexte["compte"])}
    )


@acces_connecte
@require_POST
def fermer_mienne(request: HttpRequest) -> HttpResponse:
    """Close one of one's own sessions, or all the others."""
    return close(request, request.user, reverse("comptes:mes_sessions"))


@require_perm("comptes.change_compte")
@require_POST
def fermer(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one of an account's sessions, or all of them."""
    compte = account_frame(request, pk)["compte"]
    return close(request, compte, reverse("comptes:sessions", args=[pk]))


def close(request: HttpRequest, compte: Any, retour: str) -> HttpResponse:
    """Close what the form names; one's session in use stays."""
    acteur: Any = request.user
    ici = request.session.session_key
    if request.POST.get("session") == TOUTES:
        nombre = close_all_sessions(acteur=acteur, compte=compte, sauf=ici)
        messages.success(request, f"{count_of(nombre, 'session')} : fermeture faite.")
        return redirect(retour)
    for ligne in rows_of(request, compte):
        if ligne["nom"] == request.POST.get("session") and not ligne["ici"]:
            close_session(acteur=acteur, compte=compte, session_key=ligne["session"].session_key)
            messages.success(request, "La session est fermée.")
            return redirect(retour)
    messages.info(request, "Cette session était déjà fermée.")
    return redirect(retour)
