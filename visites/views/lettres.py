"""Convokes the agents of a half-day, or of several days: letters, notices, sheets, as one lot."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from documents.actions import read_cadre
from documents.models import LotLettres
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from visites.actions.lettres import request_lettres, request_lettres_demi
from visites.demi_lettres import filed_letters, lot_key, preview_lettres
from visites.forms_lettres import LettresForm, SignataireForm
from visites.lettres import placed
from visites.models import DemiJournee, Visite


@require_perm("documents.issue_lettre")
@require_form
@send_once
def lettres(request: HttpRequest) -> HttpResponse:
    """Choose the days and the professional, then have the letters made in the background."""
    jour = timezone.localdate()
    form = LettresForm(
        request.POST or None, user=request.user, jour=jour, initial=LettresForm.read(request.GET)
    )
    if request.method == "POST" and form.is_valid():
        lus = form.cleaned_data
        vues = placed(Visite.objects.visible_to(request.user), jour).filter(
            date__range=(lus["du"], lus["au"])
        )
        if lus["professionnel"] is not None:
            vues = vues.filter(professionnel=lus["professionnel"])
        try:
            lot = request_lettres(
                acteur=request.user,
                jour=jour,
                visites=list(vues.order_by("pk").values_list("pk", flat=True)),
                avis=lus["avis"],
                feuilles=lus["feuilles"],
                signataire=lus["signataire"].pk if lus["signataire"] is not None else None,
            )
        except ValidationError as refus:
            form.add_error(None, refus)
        else:
            return redirect("documents:lot", lot.pk)
    return render(request, "visites/lettres_du_jour.html", {"form": form})


@require_perm("documents.issue_lettre")
@require_form
@send_once
def lettres_demi_journee(request: HttpRequest, pk: int) -> HttpResponse:
    """Count what is to be made for a half-day, then make and file it; or print again what went."""
    demi = get_object_or_404(
        DemiJournee.objects.visible_to(request.user).select_related("professionnel", "lieu"), pk=pk
    )
    jour = timezone.localdate()
    form = SignataireForm(request.POST or None, jour=jour)
    if request.method == "POST" and form.is_valid():
        choisi = form.cleaned_data["signataire"]
        try:
            lot = request_lettres_demi(
                acteur=request.user,
                jour=jour,
                demi_journee=demi,
                signataire=choisi.pk if choisi is not None else None,
                reprendre="reprendre" in request.POST,
            )
        except ValidationError as refus:
            form.add_error(None, refus)
        else:
            return redirect("documents:lot", lot.pk)
    record_consultation(acteur=request.user, acte="visites.lettres_demi_journee", objet=demi)
    apercu = preview_lettres(request.user, demi, read_cadre(signataire=None, jour=jour))
    contexte = {
        "demi": demi,
        "form": form,
        "apercu": apercu,
        "filees": apercu.deja if apercu.lignes else len(filed_letters(request.user, demi)),
        "en_cours": LotLettres.objects.under_way(lot_key(demi)).exists(),
    }
    return render(request, "visites/lettres_demi_journee.html", contexte)
