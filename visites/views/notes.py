"""Confidential notes in the agent's page, and the psychologist's own list: each reads his own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.pdf import PdfImpossible
from nouvea_sst.referentiel.models import Parametre
from visites.actions import (
    amend_note,
    attach_piece,
    hand_over_notes,
    share_note,
    withdraw_share,
    write_first_note,
    write_note,
)
from visites.copie import file_name_of, read_pieces, read_versions
from visites.forms_notes import (
    AmenderForm,
    JoindreForm,
    NoteForm,
    PartagerForm,
    PremiereNoteForm,
    RemettreForm,
)
from visites.models import NotePsychologue, notes_for
from visites.parametres import PIECE, notes_open
from visites.perms import can_write_notes, readers_for

ONGLET = "visites:notes"
SOIGNANT, PSYCHOLOGUE = "visites.write_note_soignant", "visites.write_note_psychologue"
DROITS = (SOIGNANT, PSYCHOLOGUE)
TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
BAC_A_SABLE = "default-src 'none'; sandbox"


def notes_frame(request: HttpRequest, pk: int, *, ecrit: bool = True) -> dict[str, Any]:
    """Return the frame of the agent's page; the psychologist's own holds the agent's name and no tab.

    With `ecrit` nobody comes in on his own file; without, he finds his tab there, empty.
    """
    user: Any = request.user
    if user.has_perm(SOIGNANT):
        contexte = agent_frame(request, pk, ONGLET, can_write_notes if ecrit else None)
        contexte |= {"cadre": "agents/base_agent.html"}
    else:
        agent = NotePsychologue.objects.visible_to(user).agents().filter(pk=pk).first()
        if agent is None:
            raise Http404
        if request.method in {"GET", "HEAD"}:
            vue = request.resolver_match.view_name if request.resolver_match else ""
            record_consultation(acteur=user, acte=vue.replace(":", "."), objet=agent, agent=agent)
        contexte = {"agent": agent, "jour": timezone.localdate(), "cadre": "visites/base_notes.html"}
    return contexte | {"ouvertes": notes_open(contexte["jour"])}


def find_note(request: HttpRequest, cle: Any, *, sienne: bool = False) -> Any:
    """Return a note that this account reads, 404 else; with `sienne` one that it wrote, 403 else."""
    note = get_object_or_404(notes_for(request.user).select_related("agent"), cle=cle)
    if sienne and note.auteur_id != request.user.pk:
        raise PermissionDenied
    return note


def is_closed(request: HttpRequest) -> bool:
    """Whether the setting of today leaves no screen; says so in a message."""
    if notes_open(timezone.localdate()):
        return False
    messages.warning(request, "Les notes ne se tiennent plus dans l’application.")
    return True


@require_perm(*DROITS)
@require_safe
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """List one's notes about an agent and those shared with one, latest first; no text of any."""
    contexte = notes_frame(request, pk, ecrit=False)
    user: Any = request.user
    lues = notes_for(user).filter(agent_id=pk)
    contexte |= {
        "notes": list(lues.counted()) if contexte["ouvertes"] else [],
        "siennes": lues.written_by(user).count(),
        "peut_ecrire": contexte["ouvertes"] and can_write_notes(user, contexte["agent"]),
    }
    return render(request, "visites/notes.html", contexte)


@require_perm(PSYCHOLOGUE)
@require_safe
def mes_notes(request: HttpRequest) -> HttpResponse:
    """List the agents about whom this psychologist reads notes."""
    lignes = list(NotePsychologue.objects.visible_to(request.user).agents())
    record_consultation(acteur=request.user, acte="visites.mes_notes", libelle=count_of(len(lignes), "agent"))
    contexte = {"agents": lignes, "ouvertes": notes_open(timezone.localdate())}
    return render(request, "visites/mes_notes.html", contexte)


@require_perm(PSYCHOLOGUE)
@sans_garde
@require_form
@sensitive_post_parameters()
@sensitive_variables()
@send_once
def premiere_note(request: HttpRequest) -> HttpResponse:
    """Write a note about an agent who said his number and his name."""
    jour = timezone.localdate()
    if is_closed(request):
        return redirect("visites:mes_notes")
    form = PremiereNoteForm(request.POST or None, initial={"date": jour})
    if request.method == "POST":
        note = form.apply(write_first_note, acteur=request.user, jour=jour)
        if note is not None:
            messages.success(request, "Note signée.")
            return redirect("visites:note", note.cle)
    return render(request, "visites/premiere_note.html", {"form": form})


@require_perm(*DROITS)
@sans_garde
@require_form
@sensitive_post_parameters()
@sensitive_variables()
@send_once
def ecrire(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note about an agent."""
    contexte = notes_frame(request, pk)
    jour = contexte["jour"]
    if is_closed(request):
        return redirect("visites:notes", pk)
    form = NoteForm(request.POST or None, initial={"date": jour})
    if request.method == "POST":
        note = form.apply(write_note, acteur=request.user, jour=jour, agent=contexte["agent"])
        if note is not None:
            messages.success(request, "Note signée.")
            return redirect("visites:note", note.cle)
    return render(request, "visites/note_ecrire.html", contexte | {"form": form})


@require_perm(*DROITS)
@require_safe
@sensitive_variables()
def note(request: HttpRequest, cle: Any) -> HttpResponse:
    """Show a note: its text, earlier versions, attachments, and to its author with whom he shares it."""
    lue = find_note(request, cle)
    if is_closed(request):
        return redirect("visites:notes", lue.agent_id)
    record_consultation(acteur=request.user, acte="visites.note", objet=lue, agent=lue.agent)
    versions = read_versions(lue)
    sienne = lue.auteur_id == request.user.pk
    contexte = {
        "note": lue,
        "agent": lue.agent,
        "derniere": versions[0],
        "anciennes": versions[1:],
        "pieces": read_pieces(lue),
        "sienne": sienne,
        "partages": list(lue.partages.in_force().select_related("destinataire")) if sienne else [],
    }
    return render(request, "visites/note.html", contexte)


@require_perm(*DROITS)
@sans_garde
@require_form
@sensitive_post_parameters()
@sensitive_variables()
def amender(request: HttpRequest, cle: Any) -> HttpResponse:
    """Sign a further version of one's own note."""
    sienne = find_note(request, cle, sienne=True)
    if is_closed(request):
        return redirect("visites:notes", sienne.agent_id)
    if request.method == "POST":
        form = AmenderForm(request.POST)
        faite = form.apply(amend_note, acteur=request.user, jour=timezone.localdate(), note=sienne)
        if faite is not None:
            messages.success(request, "Nouvelle version signée ; la précédente est gardée.")
            return redirect("visites:note", sienne.cle)
    else:
        record_consultation(
            acteur=request.user, acte="visites.note_amender", objet=sienne, agent=sienne.agent
        )
        texte = unseal(sienne.versions.first(), "texte")
        form = AmenderForm(initial={"texte": texte, "version": sienne.version})
    return render(request, "visites/note_amender.html", {"note": sienne, "agent": sienne.agent, "form": form})


@require_perm(*DROITS)
@sans_garde
@require_form
def partager(request: HttpRequest, cle: Any) -> HttpResponse:
    """Show one's own note to a named professional, up to a day."""
    sienne = find_note(request, cle, sienne=True)
    if is_closed(request):
        return redirect("visites:notes", sienne.agent_id)
    form = PartagerForm(request.POST or None, user=request.user, note=sienne)
    if request.method == "POST":
        partage = form.apply(share_note, acteur=request.user, jour=timezone.localdate(), note=sienne)
        if partage is not None:
            messages.success(request, "Note partagée. Le professionnel la lit sur la page de l’agent.")
            return redirect("visites:note", sienne.cle)
    else:
        record_consultation(
            acteur=request.user, acte="visites.note_partager", objet=sienne, agent=sienne.agent
        )
    contexte = {"note": sienne, "agent": sienne.agent, "form": form}
    contexte["possibles"] = readers_for(request.user, sienne).exists()
    return render(request, "visites/note_partager.html", contexte)


@require_perm(*DROITS)
@require_POST
def retirer_partage(request: HttpRequest, cle: Any, pk: int) -> HttpResponse:
    """Stop showing one's own note to somebody."""
    sienne = find_note(request, cle, sienne=True)
    partage = get_object_or_404(sienne.partages.visible_to(request.user), pk=pk)
    withdraw_share(acteur=request.user, partage=partage)
    messages.success(request, "Partage retiré : ce professionnel ne lit plus la note.")
    return redirect("visites:note", sienne.cle)


@require_perm(*DROITS)
@sans_garde
@require_form
@sensitive_variables()
def joindre(request: HttpRequest, cle: Any) -> HttpResponse:
    """Join a file to one's own note."""
    sienne = find_note(request, cle, sienne=True)
    if is_closed(request):
        return redirect("visites:notes", sienne.agent_id)
    jour = timezone.localdate()
    envoi = (request.POST, request.FILES) if request.method == "POST" else ()
    form = JoindreForm(*envoi, mo=Parametre.objects.number_on(jour, PIECE))
    if request.method == "POST" and form.is_valid():
        fichier = form.cleaned_data["fichier"]
        faits = {"acteur": request.user, "jour": jour, "note": sienne, "nom": fichier.name}
        if form.guard(attach_piece, **faits, octets=fichier.read()) is not None:
            messages.success(request, "Pièce jointe à la note.")
            return redirect("visites:note", sienne.cle)
    elif request.method != "POST":
        record_consultation(
            acteur=request.user, acte="visites.note_joindre", objet=sienne, agent=sienne.agent
        )
    return render(request, "visites/note_joindre.html", {"note": sienne, "agent": sienne.agent, "form": form})


@require_perm(*DROITS)
@require_safe
@sensitive_variables()
def piece(request: HttpRequest, cle: Any, pk: int) -> HttpResponse:
    """Hand over an attachment to be saved: no browser shows it here."""
    lue = find_note(request, cle)
    if is_closed(request):
        return redirect("visites:notes", lue.agent_id)
    jointe = get_object_or_404(lue.pieces.visible_to(request.user), pk=pk)
    record_consultation(acteur=request.user, acte="visites.note_piece", objet=lue, agent=lue.agent)
    reponse = HttpResponse(unseal(jointe, "contenu"), content_type=TYPES[jointe.type])
    return as_attachment(reponse, file_name_of(jointe))


@require_perm(*DROITS)
@require_form
@sensitive_variables()
def remettre(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the copy that the agent asked for, once its author has confirmed twice; nothing keeps it."""
    contexte = notes_frame(request, pk)
    siennes = notes_for(request.user).written_by(request.user).filter(agent_id=pk).count()
    form = RemettreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            octets = hand_over_notes(acteur=request.user, jour=contexte["jour"], agent=contexte["agent"])
            return as_attachment(HttpResponse(octets, content_type="application/zip"), "copie.zip")
        except ValidationError as refus:
            form.add_error(None, refus)
        except PdfImpossible as refus:
            form.add_error(None, str(refus))
    return render(request, "visites/notes_remettre.html", contexte | {"form": form, "siennes": siennes})


def as_attachment(reponse: HttpResponse, nom: str) -> HttpResponse:
    """Have the browser save the answer and run nothing of it."""
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    reponse["Content-Security-Policy"] = BAC_A_SABLE
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
