"""The letters that the section writes once: their list, one with its versions, its draft, its life."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.models import Agent
from documents.actions import publish_version, save_version, withdraw_version
from documents.enums import EtatVersion
from documents.forms import CasForm, FormulaireLettre, TexteForm
from documents.mise_en_page import Page, read_page
from documents.models import EnTete, LettreType, Signataire, VersionLettre
from documents.perms import can_draft, can_publish
from documents.rules.champs import examples_for
from documents.valeurs import address_of, agent_values, letter_values
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.journal import record_consultation

VOIR = "documents.view_modele"


def find_lettre(request: HttpRequest, pk: int) -> LettreType:
    """Return a letter; 404 for an unknown one."""
    return get_object_or_404(LettreType.objects.visible_to(request.user), pk=pk)


def find_version(request: HttpRequest, pk: int) -> VersionLettre:
    """Return a version of a letter that this account reads; 404 for an unknown one."""
    lettres = LettreType.objects.visible_to(request.user)
    return get_object_or_404(VersionLettre.objects.select_related("type").filter(type__in=lettres), pk=pk)


@require_perm(VOIR)
@require_safe
def liste_modeles(request: HttpRequest) -> HttpResponse:
    """The letters, each with what is published and whether a draft waits."""
    lignes = [
        {
            "lettre": lettre,
            "publiee": next((v for v in lettre.versions.all() if v.etat == EtatVersion.PUBLIEE), None),
            "brouillon": next((v for v in lettre.versions.all() if v.etat == EtatVersion.BROUILLON), None),
        }
        for lettre in LettreType.objects.visible_to(request.user).prefetch_related("versions")
    ]
    return render(request, "documents/modeles.html", {"lignes": lignes})


@require_perm(VOIR)
@require_safe
def modele(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its versions, the fields that it may name."""
    lettre = find_lettre(request, pk)
    versions = list(lettre.versions.all())
    contexte = {
        "lettre": lettre,
        "versions": versions,
        "brouillon": next((v for v in versions if v.etat == EtatVersion.BROUILLON), None),
        "publiee": next((v for v in versions if v.etat == EtatVersion.PUBLIEE), None),
        "redige": can_draft(request.user, lettre),
        "publie": can_publish(request.user, lettre),
    }
    return render(request, "documents/modele.html", contexte)


@require_perm(VOIR)
@require_form
def rediger(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the draft of a letter; it is begun by the first saving, from the version published."""
    lettre = find_lettre(request, pk)
    if not can_draft(request.user, lettre):
        raise PermissionDenied
    form = TexteForm(request.POST or None, initial=first_text(lettre))
    if request.method == "POST":
        brouillon = form.apply(save_version, acteur=request.user, lettre=lettre)
        if brouillon is not None:
            messages.success(request, "Brouillon enregistré.")
            return redirect("documents:apercu", brouillon.pk)
    return render(request, "documents/rediger.html", {"lettre": lettre, "form": form})


def first_text(lettre: LettreType) -> dict[str, Any]:
    """What the form opens with: the draft, else the latest version."""
    derniere = lettre.versions.first()
    if derniere is None:
        return {"objet": lettre.libelle, "texte": "", "version": 0}
    en_cours = derniere.etat == EtatVersion.BROUILLON
    return {
        "objet": derniere.objet,
        "texte": derniere.texte,
        "version": derniere.version if en_cours else 0,
    }


@require_perm(VOIR)
@require_safe
def apercu(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version filled with invented values, or with those of an agent whom this account sees."""
    version, jour = find_version(request, pk), timezone.localdate()
    cas = CasForm(request.GET or None)
    agent = find_case(request, cas)
    valeurs = examples_for(version.type.genre, version.type.domaine)
    entete, signataire = EnTete.objects.first(), Signataire.objects.on(jour).first()
    if entete is not None:
        valeurs |= letter_values(entete, signataire, jour)
    destinataire: list[str] = []
    if agent is not None:
        valeurs |= agent_values(agent)
        destinataire = address_of(agent)
        record_consultation(acteur=request.user, acte="documents.apercu", objet=agent, agent=agent)
    contexte = {
        "version": version,
        "lettre": version.type,
        "cas": cas,
        "agent": agent,
        "entete": entete,
        "signataire": signataire,
        "jour": jour,
        "publie": version.etat == EtatVersion.BROUILLON and can_publish(request.user, version.type),
    }
    page = read_page(Page(version, valeurs, destinataire))
    return render(request, "documents/apercu.html", contexte | page)


def find_case(request: HttpRequest, cas: CasForm) -> Agent | None:
    """Return the agent of the number typed; a sentence beside the field when there is none."""
    if not cas.is_bound or not cas.is_valid() or not cas.cleaned_data["agent"]:
        return None
    agents = Agent.objects.visible_to(request.user).select_related("structure__direction", "poste")
    agent = agents.filter(matricule=cas.cleaned_data["agent"].strip()).first()
    if agent is None:
        cas.add_error("agent", "Aucun agent de ce matricule.")
    return agent


@require_perm(VOIR)
@require_form
def publier(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then publish a draft."""
    return settle(request, pk, publish_version, "documents/publier.html", "Lettre publiée.")


@require_perm(VOIR)
@require_form
def retirer_modele(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then withdraw the published version."""
    return settle(request, pk, withdraw_version, "documents/retirer_modele.html", "Version retirée.")


def settle(request: HttpRequest, pk: int, acte: Any, modele: str, fait: str) -> HttpResponse:
    """Ask on the page, then act on the version."""
    version = find_version(request, pk)
    if not can_publish(request.user, version.type):
        raise PermissionDenied
    form = FormulaireLettre(request.POST or None, initial={"version": version.version})
    if request.method == "POST":
        if form.apply(acte, acteur=request.user, maintenant=timezone.now(), pk=pk) is not None:
            messages.success(request, fait)
            return redirect("documents:modele", version.type_id)
        if form.conflit is not None:
            messages.warning(request, "Quelqu’un d’autre a changé cette version entre-temps : relisez-la.")
            return redirect("documents:modele", version.type_id)
    retour = reverse("documents:modele", args=[version.type_id])
    return render(request, modele, {"version": version, "form": form, "retour": retour})
