"""The packs of the CHCT: list, page, PDF, making."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from commissions.models import Seance
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.pdf import MANQUE, is_pdf_possible
from reporting.actions import DossierDejaDemande, request_edition
from reporting.filters import EditionFilter
from reporting.forms import PreparerForm
from reporting.models import Edition
from reporting.pack.lecture import Dossier
from reporting.rules.periodes import default_period
from reporting.tables import EditionTable


@require_perm("reporting.view_edition")
@require_safe
@liste
def liste_editions(request: HttpRequest) -> HttpResponse:
    """Packs made so far, latest first."""
    editions = Edition.objects.visible_to(request.user).without_bytes()
    definition = Liste(
        queryset=editions.select_related("seance", "faite_par"),
        table=EditionTable,
        modele="reporting/editions.html",
        nom_fichier="dossiers_chct",
        filtre=EditionFilter,
    )
    return render_list(request, definition)


@require_perm("reporting.view_edition")
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One pack, from its frozen figures."""
    editions = Edition.objects.visible_to(request.user).defer("pdf").select_related("seance", "faite_par")
    ligne = get_object_or_404(editions, pk=pk)
    record_consultation(acteur=request.user, acte="reporting.edition", objet=ligne)
    contexte = {"edition": ligne, "dossier": Dossier(ligne.chiffres)}
    return render(request, "reporting/edition.html", contexte)


@require_perm("reporting.view_edition")
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes of the pack as they were made, always the same."""
    editions = Edition.objects.visible_to(request.user)
    ligne = get_object_or_404(editions.without_bytes().select_related("seance"), pk=pk)
    etag = quote_etag(ligne.sha256)
    connue = get_conditional_response(request, etag=etag)
    if connue is not None:
        return connue
    record_consultation(acteur=request.user, acte="reporting.pdf", objet=ligne)
    octets = bytes(editions.values_list("pdf", flat=True).get(pk=pk))
    reponse = HttpResponse(octets, content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{ligne.nom_fichier}"'
    reponse["ETag"] = etag
    reponse["Cache-Control"] = "private, no-cache"
    return reponse


@require_perm("reporting.create_edition")
@require_form
@send_once
def preparer(request: HttpRequest) -> HttpResponse:
    """Choose the session and the period of a pack; the worker makes it."""
    jour = timezone.localdate()
    form = PreparerForm(request.POST or None, user=request.user, jour=jour, initial=_initial(request))
    deja = ""
    if request.method == "POST" and form.is_valid():
        try:
            travail = request_edition(
                acteur=request.user,
                seance=form.cleaned_data["seance"],
                periode=form.periode,
                derniere=form.cleaned_data["derniere"] or 0,
            )
        except DossierDejaDemande as refus:
            deja = str(refus)
            connu = form.cleaned_data | {"derniere": Edition.objects.latest_pk()}
            form = PreparerForm(user=request.user, jour=jour, initial=connu)
        else:
            return redirect("travaux:travail", travail.pk)
    contexte = {"form": form, "deja": deja, "manque": "" if is_pdf_possible() else MANQUE}
    return render(request, "reporting/preparer.html", contexte)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the form opens on: the session asked for or the next one, the year in months, what is made."""
    jour = timezone.localdate()
    seances = Seance.objects.visible_to(request.user)
    demandee = request.GET.get("seance", "")
    seance = seances.filter(pk=demandee).first() if demandee.isdecimal() else seances.coming_on(jour).first()
    periode = default_period(jour)
    return {
        "seance": seance,
        "du": request.GET.get("du") or periode.debut,
        "au": request.GET.get("au") or periode.fin,
        "derniere": Edition.objects.latest_pk(),
    }
