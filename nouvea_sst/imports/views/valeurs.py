"""What the values of files stand for: the list, another value, none any more."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.actions import change_value, remove_value
from nouvea_sst.imports.cibles import target
from nouvea_sst.imports.forms.valeurs import CorrespondanceForm
from nouvea_sst.imports.models import CorrespondanceValeur, Import
from nouvea_sst.imports.tables.valeurs import CorrespondanceTable
from nouvea_sst.imports.views.depots import DROIT, is_own, who_has
from nouvea_sst.lib.annulation import say_done
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee, compare_texts, read_version


@require_perm(DROIT)
@require_safe
@liste
def correspondances(request: HttpRequest) -> HttpResponse:
    """List the values matched so far; ?import=12 those that one file met."""
    lignes = CorrespondanceValeur.objects.visible_to(request.user).select_related("retenue_par")
    depot = None
    if (numero := request.GET.get("import", "")).isdecimal():
        depot = get_object_or_404(Import.objects.visible_to(request.user).defer("contenu"), pk=numero[:9])
        lignes = lignes.filter(cible=depot.cible).served(depot.servies)
    record_consultation(
        acteur=request.user, acte="imports.correspondances", libelle=f"{lignes.count()} correspondances"
    )
    definition = Liste(
        queryset=lignes,
        table=CorrespondanceTable,
        modele="imports/correspondances.html",
        nom_fichier="correspondances",
        contexte={"depot": depot},
    )
    return render_list(request, definition)


@require_perm(DROIT)
@require_form
def correspondance(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another value of the house for a value of the files."""
    retenue = get_object_or_404(CorrespondanceValeur.objects.visible_to(request.user), pk=pk)
    cible = target(retenue.cible)
    form = CorrespondanceForm(request.POST or None, champ=cible.champ(retenue.champ), retenue=retenue)
    conflit, soi = None, False
    if form.is_bound and form.is_valid():
        try:
            change_value(acteur=request.user, correspondance_id=pk, **form.cleaned_data)
            messages.success(
                request, "La correspondance est changée : les prochains fichiers se liront ainsi."
            )
            return redirect("imports:correspondances")
        except VersionPerimee as perimee:
            conflit = compare_texts(form, SimpleNamespace(**CorrespondanceForm.initial_of(perimee.objet)))
            form.data = form.data.copy()
            form.data["version"] = str(perimee.objet.version)
            soi = is_own(request, perimee)
    record_consultation(acteur=request.user, acte="imports.correspondance", objet=retenue)
    contexte = {
        "retenue": retenue,
        "form": form,
        "conflit": conflit,
        "soi": soi,
        "champ": cible.label(retenue.champ),
        "contenu": cible.libelle,
    }
    return render(request, "imports/correspondance.html", contexte)


@require_perm(DROIT)
@require_POST
def retirer_correspondance(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what a value stands for; it may be put back for thirty days."""
    get_object_or_404(CorrespondanceValeur.objects.visible_to(request.user).only("pk"), pk=pk)
    try:
        retrait = remove_value(acteur=request.user, correspondance_id=pk, version=read_version(request.POST))
    except VersionPerimee as perimee:
        qui = who_has(request, perimee)
        messages.warning(
            request, f"{qui} changé cette correspondance entre-temps : relisez avant de la retirer."
        )
        return redirect("imports:correspondance", pk)
    adresse = reverse("comptes:retablir", args=[retrait.pk])
    say_done(request, "La correspondance est retirée.", adresse=adresse, bouton="Rétablir la correspondance")
    return redirect("imports:correspondances")
