"""The copy of notes, or of exchanges, handed over at the agent's request: pages and files, kept nowhere."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string

from agents.models import Agent
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.pdf import make_pdf

TITRE = "Copie de notes remise à l’agent"
SUFFIXES = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


def read_versions(note: Any) -> list[dict[str, Any]]:
    """Return the versions of a note, opened, the last one first. Raises CleManquante, ScelleRompu."""
    return [
        {
            "version": version,
            "texte": unseal(version, "texte"),
            "raison": unseal(version, "raison") if hasattr(version, "raison") else "",
        }
        for version in note.versions.all()
    ]


def read_steps(note: Any) -> list[dict[str, Any]]:
    """Return the steps that an exchange is followed by, with their words; a note has none."""
    if not hasattr(note, "etapes"):
        return []
    return [{"etape": etape, "texte": unseal(etape, "texte")} for etape in note.etapes.all()]


def read_pieces(note: Any) -> list[dict[str, Any]]:
    """Return the attachments of a note with their names, their bytes left sealed."""
    return [{"piece": p, "nom": unseal(p, "nom")} for p in note.pieces.defer("contenu")]


def file_name_of(piece: Any) -> str:
    """Return the name under which a file leaves: it tells nothing of what the file is."""
    return f"piece-{piece.pk}.{SUFFIXES[piece.type]}"


def make_copy(
    agent: Agent, notes: Sequence[Any], jour: datetime.date, *, titre: str = TITRE, nom: str = "notes.pdf"
) -> bytes:
    """Return a zip file with all versions as one PDF of this name, and the attachments beside it."""
    lues = [
        {
            "note": note,
            "versions": read_versions(note),
            "pieces": read_pieces(note),
            "etapes": read_steps(note),
        }
        for note in notes
    ]
    contexte = {"agent": agent, "notes": lues, "jour": jour, "titre": titre}
    pdf, _pages = make_pdf(render_to_string("visites/copie.html", contexte), titre=titre)
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(nom, pdf)
        for note in notes:
            for piece in note.pieces.all():
                archive.writestr(file_name_of(piece), unseal(piece, "contenu"))
    return tampon.getvalue()
