"""Confidential notes as tests write them, and files that a note takes."""

import datetime

from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.chiffrement import seal
from visites.actions import attach_piece, write_note
from visites.models import NotePsychologue, NoteSoignant

PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"


def noted(auteur, agent, texte="Texte de la note.", date=None):
    """A signed note."""
    jour = timezone.localdate()
    return write_note(acteur=auteur, jour=jour, agent=agent, date=date or jour, texte=texte)


def joined(note, nom="courrier-2026.pdf", octets=PDF):
    """A file joined by the author of the note."""
    faits = {"jour": timezone.localdate(), "note": note, "nom": nom, "octets": octets}
    return attach_piece(acteur=note.auteur, **faits)


def note_of(auteur, agent, texte="Texte de la note.", **champs):
    """A note as it stands in the tables, without the act and its line."""
    modele = NotePsychologue if auteur.role == Role.PSYCHOLOGUE else NoteSoignant
    valeurs = {"nom_auteur": str(auteur), "profession": auteur.role, "date": timezone.localdate()}
    note = modele.objects.create(agent=agent, auteur=auteur, **(valeurs | champs))
    version = note.versions.model(note=note, rang=1, nom_signataire=str(auteur), signee_le=timezone.now())
    seal(version, "texte", texte)
    version.save()
    return note


def piece_of(note, nom="courrier-2026.pdf", octets=PDF):
    """A file joined to it, likewise."""
    piece = note.pieces.model(note=note, type="pdf", taille=len(octets), jointe_le=timezone.now())
    seal(piece, "nom", nom)
    seal(piece, "contenu", octets)
    piece.save()
    return piece


def share_of(note, avec, jours=30):
    """A share of it, likewise."""
    fin = timezone.localdate() + datetime.timedelta(days=jours)
    return note.partages.create(destinataire=avec, jusqu_au=fin, accorde_le=timezone.now())
