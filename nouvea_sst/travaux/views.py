"""The jobs: one's own, followed step by step; the whole queue for whoever watches over it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import acces_connecte, require_form, require_perm
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.travaux import actions
from nouvea_sst.travaux.file import last_sign
from nouvea_sst.travaux.filters import TravailFilter
from nouvea_sst.travaux.models import SURVEILLER, Travail
from nouvea_sst.travaux.tables import TravailTable, describe_queue


@acces_connecte
@require_safe
@liste
def liste_travaux(request: HttpRequest) -> HttpResponse:
    """One's jobs, latest first; everybody's, without their results, for whoever watches over the queue."""
    travaux = Travail.objects.listed_for(request.user)
    surveille = request.user.has_perm(SURVEILLER)
    definition = Liste(
        queryset=travaux.select_related("demandeur"),
        table=TravailTable,
        modele="travaux/liste.html",
        nom_fichier="travaux",
        filtre=TravailFilter,
        contexte={
            "file": describe_queue(travaux.unfinished().count(), last_sign(), timezone.now()),
            "surveille": surveille,
        },
        options_table={"exclude": () if surveille else ("demandeur", "acte")},
    )
    return render_list(request, definition)


@acces_connecte
@require_safe
def travail(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow one job; htmx asks for the fragment alone, and reads the page of the result anew at the end."""
    ligne = get_object_or_404(Travail.objects.visible_to(request.user), pk=pk)
    modele = "components/progress.html" if request.htmx else "travaux/travail.html"
    reponse = render(request, modele, {"travail": ligne})
    if ligne.est_fini and request.htmx and request.htmx.current_url_abs_path == ligne.adresse_resultat:
        reponse["HX-Refresh"] = "true"
    return reponse


@acces_connecte
@require_safe
def temoin(request: HttpRequest) -> HttpResponse:
    """The sign in the top bar; what has ended meanwhile joins the messages of the page."""
    siens = list(Travail.objects.visible_to(request.user).to_announce())
    finis = [t for t in siens if t.est_fini]
    mes_travaux = {"en_cours": len(siens) - len(finis), "finis": finis}
    contexte = {"mes_travaux": mes_travaux, "oob": True}
    return render(request, "travaux/_temoin.html", contexte)


@acces_connecte
@require_POST
def vu(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember that the end of a job was read."""
    ligne = get_object_or_404(Travail.objects.visible_to(request.user), pk=pk)
    actions.mark_announced(acteur=request.user, travail_id=ligne.pk)
    return HttpResponse(status=204) if request.htmx else redirect("travaux:liste")


@require_perm(SURVEILLER)
@require_form
def relancer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then have a failed or stuck job begin again."""
    return ask_then(request, pk, actions.retry_travail, "relancé", "travaux/relancer.html")


@require_perm(SURVEILLER)
@require_form
def abandonner(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take a queued job out of the queue."""
    return ask_then(request, pk, actions.abandon_travail, "abandonné", "travaux/abandonner.html")


def ask_then(
    request: HttpRequest, pk: int, act: Callable[..., object], fait: str, modele: str
) -> HttpResponse:
    """Ask on the page, then act on the job and say that it is done or why it is refused."""
    ligne = get_object_or_404(Travail, pk=pk)
    if request.method != "POST":
        return render(request, modele, {"travail": ligne})
    try:
        act(acteur=request.user, travail_id=pk)
        messages.success(request, f"{ligne.intitule} : {fait}.")
    except actions.TravailImmobile as refus:
        messages.error(request, str(refus))
    return redirect("travaux:liste")
