"""Acts of the section on a report."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from nouvea_sst.comptes.acces import refus_sans_numero, require_form, require_perm
from nouvea_sst.lib.annulation import say_done
from nouvea_sst.lib.transitions import TransitionRefusee
from nouvea_sst.lib.versions import VersionPerimee, compare_texts
from signalements import actions
from signalements.actions.signalement import REJET_DU_SIEN
from signalements.forms.signalement import AgentForm, QualifierForm, TexteForm
from signalements.parametres import read_seuils
from signalements.perms import is_declarant
from signalements.views.signalements import find_signalement, page_of

DROIT = "signalements.qualify_signalement"
PERIMEE = "Quelqu’un d’autre a enregistré ce signalement entre-temps : relisez-le avant d’envoyer."


@require_perm(DROIT)
@refus_sans_numero
@require_form
def qualifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Qualify a report, or correct its qualification."""
    vu = find_signalement(request, pk)
    if request.method != "POST":
        return redirect("signalements:signalement", pk=pk)
    jour = timezone.localdate()
    seuils = read_seuils(jour)
    options: dict[str, Any] = {"user": request.user, "signalement": vu, "jour": jour, "seuils": seuils}
    form = QualifierForm(request.POST, **options)
    conflit = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.qualify_signalement(
                acteur=request.user, pk=pk, version=version, jour=jour, faits=form.faits
            )
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("signalements:signalement", pk=pk)
        except VersionPerimee as perimee:
            conflit = compare_texts(form, perimee.objet)
            form = _refilled(QualifierForm, request, perimee, **options)
        else:
            messages.success(request, f"{vu.numero} : qualification enregistrée.")
            return redirect("signalements:signalement", pk=pk)
    return render(request, "signalements/signalement.html", page_of(request, vu, form, conflit=conflit))


def _refilled(classe: Any, request: HttpRequest, perimee: VersionPerimee, **options: Any) -> Any:
    """The same form with what was typed, ready to be sent again upon the version of now."""
    saisie = request.POST.copy()
    saisie["version"] = str(perimee.objet.version)  # type: ignore[attr-defined]
    return classe(saisie, **options)


@require_perm(DROIT)
@refus_sans_numero
@require_POST
def commencer(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, or begin again, to treat a report."""
    vu = find_signalement(request, pk)
    try:
        version = int(request.POST.get("version", "0"))
        actions.start_signalement(acteur=request.user, pk=pk, version=version, jour=timezone.localdate())
        messages.success(request, f"{vu.numero} : en traitement.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    except (VersionPerimee, ValueError):
        messages.warning(request, PERIMEE)
    return redirect("signalements:signalement", pk=pk)


@dataclass(frozen=True)
class Acte:
    """An act that asks for a text: its words on the confirmation page, and the action that writes."""

    question: str
    consequences: str
    libelle: str
    aide: str
    bouton: str
    retour: str
    fait: str
    ecrit: Callable[..., Any]
    argument: str
    danger: bool = False


MESURES = Acte(
    question="Mesures prises pour",
    consequences="Le signalement passe à « Mesures prises ». Il sera clos une fois leur effet vérifié.",
    libelle="Mesures prises",
    aide="Ce qui a changé sur place. Pas d’information de santé.",
    bouton="Enregistrer les mesures",
    retour="Ne rien enregistrer",
    fait="mesures enregistrées",
    ecrit=actions.record_mesures,
    argument="mesures",
)
CLOTURE = Acte(
    question="Clore",
    consequences="Un signalement clos ne change plus. Il reste dans les chiffres et dans la liste.",
    libelle="Conclusion",
    aide="Effet constaté des mesures. Pas d’information de santé.",
    bouton="Clore le signalement",
    retour="Ne pas clore",
    fait="clos",
    ecrit=actions.close_signalement,
    argument="conclusion",
)
REJET = Acte(
    question="Rejeter",
    consequences="Un signalement rejeté ne change plus. Le déclarant voit qu’il est rejeté, et pourquoi.",
    libelle="Motif du rejet",
    aide="Il est gardé et montré au déclarant.",
    bouton="Rejeter le signalement",
    retour="Ne pas rejeter",
    fait="rejeté",
    ecrit=actions.reject_signalement,
    argument="raison",
    danger=True,
)


def _confirm(request: HttpRequest, pk: int, acte: Acte) -> HttpResponse:
    """Ask for the text of an act, then do it; whoever declared a report does not reject it."""
    vu = find_signalement(request, pk)
    if acte is REJET and is_declarant(request.user, vu):
        messages.error(request, REJET_DU_SIEN)
        return redirect("signalements:signalement", pk=pk)
    options: dict[str, Any] = {"libelle": acte.libelle, "aide": acte.aide}
    form = TexteForm(request.POST or None, initial={"version": vu.version}, **options)
    if request.method == "POST" and form.is_valid():
        texte, version = form.cleaned_data["texte"], form.cleaned_data["version"]
        try:
            suite = {acte.argument: texte}
            acte.ecrit(acteur=request.user, pk=pk, version=version, jour=timezone.localdate(), **suite)
            messages.success(request, f"{vu.numero} : {acte.fait}.")
            return redirect("signalements:signalement", pk=pk)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("signalements:signalement", pk=pk)
        except VersionPerimee as perimee:
            form = _refilled(TexteForm, request, perimee, **options)
            form.add_error(
                None, "Quelqu’un d’autre a enregistré ce signalement : relisez-le avant d’envoyer."
            )
    contexte = {"signalement": vu, "acte": acte, "form": form}
    return render(request, "signalements/acte.html", contexte)


@require_perm(DROIT)
@refus_sans_numero
@require_form
def mesures(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which measures were taken."""
    return _confirm(request, pk, MESURES)


@require_perm(DROIT)
@refus_sans_numero
@require_form
def clore(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a report."""
    return _confirm(request, pk, CLOTURE)


@require_perm(DROIT)
@refus_sans_numero
@require_form
def rejeter(request: HttpRequest, pk: int) -> HttpResponse:
    """Reject a report for a reason."""
    return _confirm(request, pk, REJET)


@require_perm(DROIT)
@refus_sans_numero
@require_POST
def ajouter_agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an agent whom the report concerns."""
    vu = find_signalement(request, pk)
    form = AgentForm(request.POST, user=request.user)
    if not form.is_valid():
        return render(request, "signalements/signalement.html", page_of(request, vu, agent_form=form))
    actions.link_agent(acteur=request.user, signalement=vu, agent=form.cleaned_data["agent"])
    return redirect("signalements:signalement", pk=pk)


@require_perm(DROIT)
@refus_sans_numero
@require_POST
def retirer_agent(request: HttpRequest, pk: int, agent: int) -> HttpResponse:
    """Take an agent off the report."""
    vu = find_signalement(request, pk)
    concerne = get_object_or_404(vu.agents.all(), pk=agent)
    retrait = actions.unlink_agent(acteur=request.user, signalement=vu, agent=concerne)
    if retrait is not None:
        adresse = reverse("comptes:retablir", args=[retrait.pk])
        say_done(request, f"{concerne} est retiré.", adresse=adresse, bouton="Remettre l’agent")
    return redirect("signalements:signalement", pk=pk)
