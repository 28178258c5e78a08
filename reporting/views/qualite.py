"""« Qualité des données »: what contradicts what, each number the address of its rows."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.perms import is_own_row
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.contradictions import Contradiction
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee
from reporting.actions import set_aside, take_back
from reporting.forms import EcarterForm, ReprendreForm
from reporting.models import ContradictionEcartee
from reporting.qualite.lecture import (
    Compte,
    count_all,
    count_one,
    find,
    group_counts,
    rows_set_aside,
    rows_to_treat,
    total_of,
    with_reasons,
)
from reporting.qualite.tables import LigneTable

VOIR, ECARTER = "reporting.view_qualite", "reporting.change_qualite"


@require_perm(VOIR)
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """Show every contradiction with its number of rows, the worst first."""
    jour = timezone.localdate()
    comptes = count_all(request.user, jour)
    contexte = {
        "jour": jour,
        "total": total_of(comptes),
        "groupes": group_counts(comptes),
        "sans_ligne": [c.contradiction for c in comptes if not c.nombre and not c.ecartees],
    }
    return render(request, "qualite/accueil.html", contexte)


@require_perm(VOIR)
@require_safe
@liste
def lignes(request: HttpRequest, contradiction: str) -> HttpResponse:
    """List the rows of one contradiction, or those set aside (?ecartees=oui)."""
    jour, trouvee = timezone.localdate(), _open(request, contradiction)
    ecartees = request.GET.get("ecartees") == "oui"
    compte = count_one(trouvee, request.user, jour)
    if ecartees:
        lues = with_reasons(rows_set_aside(trouvee, request.user, jour), trouvee.code)
    else:
        lues = rows_to_treat(trouvee, request.user, jour)
    nombre = compte.ecartees if ecartees else compte.nombre
    mots = f"{count_of(nombre, trouvee.nom)}{' mis de côté' if ecartees else ''}{export_words(request)}"
    record_consultation(acteur=request.user, acte="qualite.lignes", libelle=f"{trouvee.libelle} : {mots}")
    definition = Liste(
        queryset=trouvee.lire(lues, request.user),
        table=LigneTable,
        modele="qualite/lignes.html",
        nom_fichier=f"qualite-{trouvee.code}",
        contexte={
            "contradiction": trouvee,
            "ecartees": ecartees,
            "compte": compte,
            "vues": _views(trouvee, compte, ecartees),
            "jour": jour,
        },
        options_table={"contradiction": trouvee, "user": request.user, "ecartees": ecartees},
    )
    return render_list(request, definition)


def _open(request: HttpRequest, code: str) -> Contradiction:
    """The contradiction of the address, if the account may see its rows."""
    trouvee = find(request.user, code)
    if trouvee is None:
        raise Http404
    return trouvee


def _views(contradiction: Contradiction, compte: Compte, ecartees: bool) -> list[dict[str, Any]]:
    """The two views above the list, each with its number of rows."""
    adresse = reverse("qualite:lignes", args=[contradiction.code])
    vues = (
        (contradiction.gravite.label, adresse, compte.nombre, False),
        ("Écartées", f"{adresse}?ecartees=oui", compte.ecartees, True),
    )
    return [
        {"libelle": mot, "url": url, "compte": nombre, "actif": ecartees is cote, "retard": False}
        for mot, url, nombre, cote in vues
    ]


def _row(request: HttpRequest, contradiction: Contradiction, ligne: int, jour: datetime.date) -> Any:
    """A row that contradicts today and that the account sees, not of its own file."""
    toutes = contradiction.lire(contradiction.question(request.user, jour), request.user)
    trouvee = get_object_or_404(toutes, pk=ligne)
    agent = contradiction.agent_of(trouvee)
    if is_own_row(request.user, agent, trouvee):
        raise PermissionDenied
    return trouvee


def _note(request: HttpRequest, acte: str, agent: Any) -> None:
    if request.method in {"GET", "HEAD"}:
        record_consultation(acteur=request.user, acte=acte, objet=agent, agent=agent)


@require_perm(ECARTER)
@require_form
@send_once
def ecarter(request: HttpRequest, contradiction: str, ligne: int) -> HttpResponse:
    """Say that a row is no error, and why."""
    trouvee, jour = _open(request, contradiction), timezone.localdate()
    objet = _row(request, trouvee, ligne, jour)
    _note(request, "qualite.ecarter", trouvee.agent_of(objet))
    form = EcarterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_aside(
            acteur=request.user,
            contradiction=trouvee,
            ligne=objet,
            raison=form.cleaned_data["raison"],
            maintenant=timezone.now(),
        )
        messages.success(
            request, "La ligne est écartée : elle ne compte plus, et se retrouve sous « Écartées »."
        )
        return redirect("qualite:lignes", trouvee.code)
    contexte = {"contradiction": trouvee, "constat": trouvee.dire(objet), "form": form, "objet": objet}
    return render(request, "qualite/ecarter.html", contexte | {"qui": trouvee.agent_of(objet) or objet})


@require_perm(ECARTER)
@require_form
def reprendre(request: HttpRequest, contradiction: str, ligne: int) -> HttpResponse:
    """Count a row again among those to treat."""
    trouvee, jour = _open(request, contradiction), timezone.localdate()
    objet = _row(request, trouvee, ligne, jour)
    siennes = ContradictionEcartee.objects.in_force().select_related("ecartee_par")
    ecartee = siennes.filter(code=trouvee.code, cle=ligne).first()
    if ecartee is None:
        messages.info(request, "Cette ligne n’est pas écartée.")
        return redirect("qualite:lignes", trouvee.code)
    _note(request, "qualite.reprendre", trouvee.agent_of(objet))
    form = ReprendreForm(request.POST or None, initial={"version": ecartee.version})
    if request.method == "POST" and form.is_valid():
        try:
            take_back(
                acteur=request.user,
                contradiction=trouvee,
                ligne=objet,
                version=form.cleaned_data["version"],
                maintenant=timezone.now(),
            )
            messages.success(request, "La ligne compte de nouveau.")
        except (ValidationError, VersionPerimee):
            messages.warning(request, "La ligne a changé entre-temps : relisez avant de décider.")
        return redirect("qualite:lignes", trouvee.code)
    contexte = {"contradiction": trouvee, "constat": trouvee.dire(objet), "form": form, "ecartee": ecartee}
    return render(request, "qualite/reprendre.html", contexte | {"qui": trouvee.agent_of(objet) or objet})
