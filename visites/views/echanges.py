"""Exchanges of a follow-up: written, read, amended, joined to, shown to a doctor or a psychologist."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.referentiel.models import Parametre
from visites.actions import (
    amend_echange,
    attach_piece,
    end_etape,
    share_note,
    withdraw_share,
    write_echange,
)
from visites.copie import file_name_of, read_pieces, read_steps, read_versions
from visites.enums import FinEtape, Interlocuteur, NatureEchange
from visites.forms_echanges import AmenderEchangeForm, EchangeForm, MontrerForm
from visites.forms_notes import JoindreForm
from visites.models import Echange, EtapeEchange
from visites.parametres import PIECE
from visites.perms import readers_for
from visites.views.accompagnements import LIRE, TENIR, find_accompagnement
from visites.views.notes import TYPES, as_attachment

MONTRE = "visites.read_echange"


def find_echange(request: HttpRequest, cle: Any) -> Echange:
    """Return an exchange that this account reads; 404 otherwise."""
    lus = Echange.objects.visible_to(request.user).select_related("accompagnement__agent")
    return get_object_or_404(lus, cle=cle)


@require_perm(MONTRE)
@require_safe
def echanges_montres(request: HttpRequest) -> HttpResponse:
    """List the exchanges that are shown to this doctor or psychologist today, latest first; no text."""
    user = request.user
    lignes = list(Echange.objects.visible_to(user).shown_until(user).select_related("accompagnement__agent"))
    libelle = count_of(len(lignes), "échange")
    record_consultation(acteur=user, acte="visites.echanges_montres", libelle=libelle)
    return render(request, "visites/echanges_montres.html", {"echanges": lignes})


@require_perm(TENIR)
@sans_garde
@require_form
@sensitive_post_parameters()
@sensitive_variables()
@send_once
def ecrire_echange(request: HttpRequest, cle: Any) -> HttpResponse:
    """Sign an exchange, and what comes next."""
    vu, jour = find_accompagnement(request, cle), timezone.localdate()
    offerts = {"date": jour, "nature": NatureEchange.APPEL, "avec": Interlocuteur.AGENT}
    form = EchangeForm(request.POST or None, initial=offerts)
    if request.method == "POST":
        signe = form.apply(write_echange, acteur=request.user, jour=jour, accompagnement=vu)
        if signe is not None:
            messages.success(request, "Échange signé.")
            return redirect("visites:accompagnement", vu.cle)
    else:
        record_consultation(acteur=request.user, acte="visites.echange_ecrire", objet=vu, agent=vu.agent)
    contexte = {"accompagnement": vu, "agent": vu.agent, "form": form}
    return render(request, "visites/echange_ecrire.html", contexte)


@require_perm(LIRE, MONTRE)
@require_safe
@sensitive_variables()
def echange(request: HttpRequest, cle: Any) -> HttpResponse:
    """Show an exchange: its text, earlier versions, files, steps; to who keeps it, whom it is shown to."""
    user, lu = request.user, find_echange(request, cle)
    record_consultation(acteur=user, acte="visites.echange", objet=lu, agent=lu.agent)
    versions, tient = read_versions(lu), user.has_perm(TENIR)
    contexte = {
        "echange": lu,
        "agent": lu.agent,
        "jour": timezone.localdate(),
        "derniere": versions[0],
        "anciennes": versions[1:],
        "pieces": read_pieces(lu),
        "etapes": read_steps(lu),
        "tient": tient,
        "ecrit": tient and lu.accompagnement.ferme_le is None,
        "suit": user.has_perm(LIRE),
        "partages": list(lu.partages.in_force().select_related("destinataire")) if tient else [],
    }
    return render(request, "visites/echange.html", contexte)


@require_perm(TENIR)
@sans_garde
@require_form
@sensitive_post_parameters()
@sensitive_variables()
def amender_echange(request: HttpRequest, cle: Any) -> HttpResponse:
    """Sign a further version of an exchange, and why."""
    lu = find_echange(request, cle)
    if request.method == "POST":
        form = AmenderEchangeForm(request.POST)
        fait = form.apply(amend_echange, acteur=request.user, jour=timezone.localdate(), note=lu)
        if fait is not None:
            messages.success(request, "Nouvelle version signée ; la précédente est gardée.")
            return redirect("visites:echange", lu.cle)
    else:
        record_consultation(acteur=request.user, acte="visites.echange_amender", objet=lu, agent=lu.agent)
        texte = read_versions(lu)[0]["texte"]
        form = AmenderEchangeForm(initial={"texte": texte, "version": lu.version})
    contexte = {"echange": lu, "agent": lu.agent, "form": form}
    return render(request, "visites/echange_amender.html", contexte)


@require_perm(TENIR)
@sans_garde
@require_form
def montrer(request: HttpRequest, cle: Any) -> HttpResponse:
    """Show an exchange to a named doctor or psychologist, up to a day."""
    lu = find_echange(request, cle)
    form = MontrerForm(request.POST or None, user=request.user, note=lu)
    if request.method == "POST":
        partage = form.apply(share_note, acteur=request.user, jour=timezone.localdate(), note=lu)
        if partage is not None:
            messages.success(request, "Échange montré. Cette personne le trouve sous « Échanges montrés ».")
            return redirect("visites:echange", lu.cle)
    else:
        record_consultation(acteur=request.user, acte="visites.echange_montrer", objet=lu, agent=lu.agent)
    possibles = readers_for(request.user, lu).exists()
    contexte = {"echange": lu, "agent": lu.agent, "form": form, "possibles": possibles}
    return render(request, "visites/echange_montrer.html", contexte)


@require_perm(TENIR)
@require_POST
def retirer_echange(request: HttpRequest, cle: Any, pk: int) -> HttpResponse:
    """Stop showing an exchange to somebody."""
    lu = find_echange(request, cle)
    partage = get_object_or_404(lu.partages.visible_to(request.user), pk=pk)
    withdraw_share(acteur=request.user, partage=partage)
    messages.success(request, "Partage retiré : cette personne ne lit plus l’échange.")
    return redirect("visites:echange", lu.cle)


@require_perm(TENIR)
@sans_garde
@require_form
@sensitive_variables()
def joindre_echange(request: HttpRequest, cle: Any) -> HttpResponse:
    """Join a file to an exchange."""
    lu, jour = find_echange(request, cle), timezone.localdate()
    envoi = (request.POST, request.FILES) if request.method == "POST" else ()
    form = JoindreForm(*envoi, mo=Parametre.objects.number_on(jour, PIECE))
    if request.method == "POST" and form.is_valid():
        fichier = form.cleaned_data["fichier"]
        faits = {"acteur": request.user, "jour": jour, "note": lu, "nom": fichier.name}
        if form.guard(attach_piece, **faits, octets=fichier.read()) is not None:
            messages.success(request, "Pièce jointe à l’échange.")
            return redirect("visites:echange", lu.cle)
    elif request.method != "POST":
        record_consultation(acteur=request.user, acte="visites.echange_joindre", objet=lu, agent=lu.agent)
    return render(request, "visites/echange_joindre.html", {"echange": lu, "agent": lu.agent, "form": form})


@require_perm(LIRE, MONTRE)
@require_safe
@sensitive_variables()
def piece_echange(request: HttpRequest, cle: Any, pk: int) -> HttpResponse:
    """Hand over an attachment to be saved: no browser shows it here."""
    lu = find_echange(request, cle)
    jointe = get_object_or_404(lu.pieces.visible_to(request.user), pk=pk)
    record_consultation(acteur=request.user, acte="visites.echange_piece", objet=lu, agent=lu.agent)
    reponse = HttpResponse(unseal(jointe, "contenu"), content_type=TYPES[jointe.type])
    return as_attachment(reponse, file_name_of(jointe))


@require_perm(TENIR)
@require_POST
def finir_etape(request: HttpRequest, cle: Any) -> HttpResponse:
    """Say that a step is done, or given up."""
    siennes = EtapeEchange.objects.visible_to(request.user).select_related("note__accompagnement")
    etape = get_object_or_404(siennes, cle=cle)
    fin = request.POST.get("fin", "")
    if fin in FinEtape.values:
        end_etape(acteur=request.user, jour=timezone.localdate(), etape=etape, fin=FinEtape(fin))
        messages.success(request, "Étape faite." if fin == FinEtape.FAITE else "Étape abandonnée.")
    else:
        messages.error(request, "Dites si l’étape est faite ou abandonnée.")
    return redirect("visites:accompagnement", etape.note.accompagnement.cle)
