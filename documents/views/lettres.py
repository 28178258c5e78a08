"""The register of letters, the lots, and a letter of one's own words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from agents.views.cadre import agent_frame
from documents.actions import request_courrier
from documents.filters import LettreFilter
from documents.forms import CourrierForm
from documents.models import Courriel, LettreEmise, LotLettres
from documents.tables import LettreTable
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters


@require_perm("documents.view_lettre")
@require_safe
@liste
def registre(request: HttpRequest) -> HttpResponse:
    """What was sent to whom, how, with the very file."""
    lettres = LettreEmise.objects.visible_to(request.user)
    filtre = LettreFilter(
        request.GET,
        queryset=lettres.select_related("agent__structure", "modele__type", "emise_par"),
        request=request,
    )
    nombre, mots = filtre.qs.count(), tell_filters(filtre, request)
    libelle = f"{count_of(nombre, 'lettre')}{f' ({mots})' if mots else ''}{export_words(request)}"
    record_consultation(acteur=request.user, acte="documents.registre", libelle=libelle)
    definition = Liste(
        queryset=filtre.queryset,
        table=LettreTable,
        modele="documents/registre.html",
        nom_fichier="registre-des-lettres",
        filtre=lambda *args, **kwargs: filtre,
        total=nombre,
    )
    return render_list(request, definition)


@require_perm("documents.issue_lettre")
@require_safe
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """A lot: how far it is, its one file, the letters that it made and those left out."""
    ligne = get_object_or_404(LotLettres.objects.visible_to(request.user).select_related("travail"), pk=pk)
    record_consultation(acteur=request.user, acte="documents.lot", objet=ligne)
    lettres = ligne.lettres.select_related("agent__structure__direction", "modele__type").order_by("pk")
    contexte = {"lot": ligne, "travail": ligne.travail, "lettres": lettres, "pret": bool(ligne.contenu)}
    return render(request, "documents/lot.html", contexte)


@require_perm("documents.issue_lettre")
@require_safe
def lot_fichier(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the one file of a lot, in mailing order."""
    ligne = get_object_or_404(LotLettres.objects.visible_to(request.user), pk=pk)
    if not ligne.contenu:
        raise Http404
    record_consultation(acteur=request.user, acte="documents.lot_fichier", objet=ligne)
    reponse = HttpResponse(bytes(ligne.contenu), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="lettres-{ligne.pk}.pdf"'
    return reponse


@require_perm("documents.view_lettre")
@require_safe
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters about one agent: a tab of his page."""
    contexte = agent_frame(request, pk)
    lettres = LettreEmise.objects.visible_to(request.user).filter(agent=contexte["agent"])
    contexte |= {
        "lettres": lettres.select_related("modele__type", "emise_par"),
        "adresse_refusee": Courriel.objects.visible_to(request.user).refusal_of(contexte["agent"].courriel),
        "ecrit": request.user.has_perm("documents.issue_lettre"),
    }
    return render(request, "documents/agent.html", contexte)


@require_perm("documents.issue_lettre")
@require_form
@send_once
def ecrire(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a letter of one's own words to an agent; the worker lays it out."""
    contexte = agent_frame(request, pk, "documents:agent")
    form = CourrierForm(request.POST or None, jour=contexte["jour"])
    if request.method == "POST" and form.is_valid():
        lus: dict[str, Any] = dict(form.cleaned_data)
        signataire = lus.pop("signataire")
        try:
            fait = request_courrier(
                acteur=request.user,
                agent=contexte["agent"],
                signataire=signataire.pk if signataire is not None else None,
                **lus,
            )
        except ValidationError as refus:
            form.add_error(None, refus)
        else:
            return redirect("documents:lot", fait.pk)
    return render(request, "documents/ecrire.html", contexte | {"form": form})
