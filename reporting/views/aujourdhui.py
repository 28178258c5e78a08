"""« Aujourd’hui »."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from reporting.jour.elements import greet, make_groups
from reporting.jour.roles import compose


@acces_connecte
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """What is due, late or waits for this account; ?pour=section shows everybody's actions."""
    jour = timezone.localdate()
    journee = compose(request.user, jour, request.GET.get("pour") == "section")
    groupes = make_groups(journee.sources, jour)
    if journee.sensibles:
        lignes = count_of(journee.sensibles, "ligne nominative,lignes nominatives")
        record_consultation(acteur=request.user, acte="reporting.accueil", libelle=lignes)
    contexte = {
        "jour": jour,
        "journee": journee,
        "groupes": groupes,
        "salut": greet(jour, groupes) if journee.a_des_taches else greet(jour, []).partition(" · ")[0],
    }
    return render(request, "reporting/accueil.html", contexte)
