"""Acts on confidential notes: write, amend, join a file, share, withdraw, hand over.

What follows the first signature serves the coordinators' exchanges too: `held_by` says who may.

The journal says that it was done and on whose file, never what was written.
"""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from agents.models import Agent
from agents.perms import is_own_file
from agents.rules.identite import name_key
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.chiffrement import seal, unseal
from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import Parametre
from visites.copie import make_copy
from visites.models import Echange, NotePsychologue, NoteSoignant, notes_for
from visites.parametres import PARTAGE, PIECE, notes_open
from visites.perms import can_write_notes, readers_for
from visites.rules.notes import PIECES_MAX, read_type, refuse_date, refuse_end, refuse_piece, refuse_text

FERMEES = "Les notes ne se tiennent plus dans l’application : rien n’est enregistré."
# What the journal calls an act on a note, and on an exchange.
ACTES = {
    ("note", "amend"): "visites.amend_note",
    ("note", "attach"): "visites.attach_piece",
    ("note", "share"): "visites.share_note",
    ("note", "withdraw"): "visites.withdraw_share",
    ("echange", "amend"): "visites.amend_echange",
    ("echange", "attach"): "visites.attach_piece_echange",
    ("echange", "share"): "visites.share_echange",
    ("echange", "withdraw"): "visites.withdraw_share_echange",
}
FERME = "Cet accompagnement est fermé : rouvrez-le pour y écrire. Rien n’est enregistré."
INCONNU = "Aucun agent n’a ce matricule et ce nom : vérifiez-les auprès de l’agent."


@transaction.atomic
def write_note(*, acteur: Any, jour: datetime.date, agent: Agent, date: datetime.date, texte: str) -> Any:
    """Sign a first version. Raises ValidationError by field, PermissionDenied, CleManquante."""
    _refuse_closed(jour)
    if not can_write_notes(acteur, agent):
        raise PermissionDenied
    raise_by_field(date=refuse_date(date, jour), texte=refuse_text(texte))
    psychologue = acteur.has_perm("visites.write_note_psychologue")
    modele = NotePsychologue if psychologue else NoteSoignant
    note: Any = modele.objects.create(
        agent=agent, auteur=acteur, nom_auteur=str(acteur)[:120], profession=acteur.role, date=date
    )
    sign_version(note=note, acteur=acteur, texte=texte)
    record_act(acteur=acteur, acte="visites.write_note", objet=note, agent=agent)
    return note


@transaction.atomic
def write_first_note(
    *, acteur: Any, jour: datetime.date, matricule: str, nom: str, date: datetime.date, texte: str
) -> Any:
    """Sign a note about an agent who said his number and his name: a psychologist sees no list of agents.

    Raises ValidationError by field, PermissionDenied, CleManquante.
    """
    if not acteur.has_perm("visites.write_note_psychologue"):
        raise PermissionDenied
    siens = NotePsychologue.objects.agents_within_reach(acteur)
    agent = siens.filter(matricule=matricule.strip()).exclude(matricule="").exclude(compte=acteur).first()
    if agent is None or name_key(agent.nom, "") != name_key(nom, ""):
        raise ValidationError({"matricule": INCONNU})
    return write_note(acteur=acteur, jour=jour, agent=agent, date=date, texte=texte)


@transaction.atomic
def amend_note(
    *, acteur: Any, jour: datetime.date, note: Any, version: int, texte: str, **scelles: str
) -> Any:
    """Sign a further version; those before stay. Raises ValidationError, VersionPerimee, PermissionDenied.

    `scelles`: what else its kind seals beside the text.
    """
    note = take_note(acteur=acteur, jour=jour, note=note)
    derniere = note.versions.first()
    note.texte = unseal(derniere, "texte")
    check_version(note, version)
    raise_by_field(texte=refuse_text(texte) or ("Rien n’a changé." if texte == note.texte else ""))
    note.version += 1
    note.save(update_fields=["version"])
    sign_version(note=note, acteur=acteur, texte=texte, **scelles)
    record_act(acteur=acteur, acte=ACTES[note.MOT, "amend"], objet=note, agent=note.agent)
    return note


@transaction.atomic
def attach_piece(*, acteur: Any, jour: datetime.date, note: Any, nom: str, octets: bytes) -> Any:
    """Join a file, sealed with its name. Raises ValidationError by field, PermissionDenied, CleManquante."""
    note = take_note(acteur=acteur, jour=jour, note=note)
    refus = refuse_piece(nom, octets, mo=Parametre.objects.number_on(jour, PIECE))
    if not refus and note.pieces.count() >= PIECES_MAX:
        refus = f"Il y a déjà {PIECES_MAX} pièces ici : joignez celle-ci ailleurs."
    memes = note.pieces.filter(taille=len(octets)) if not refus else ()
    if any(unseal(piece, "contenu") == octets for piece in memes):
        refus = "Ce fichier est déjà joint."
    raise_by_field(fichier=refus)
    piece = note.pieces.model(note=note, type=read_type(octets), taille=len(octets), jointe_le=timezone.now())
    seal(piece, "nom", nom)
    seal(piece, "contenu", octets)
    piece.save()
    record_act(acteur=acteur, acte=ACTES[note.MOT, "attach"], objet=note, agent=note.agent)
    return piece


@transaction.atomic
def share_note(
    *, acteur: Any, jour: datetime.date, note: Any, destinataire: Any, jusqu_au: datetime.date
) -> Any:
    """Show a note to one professional of the same family, up to a day, in place of an earlier share.

    Raises ValidationError by field, PermissionDenied.
    """
    note = take_note(acteur=acteur, jour=jour, note=note)
    if not readers_for(acteur, note).filter(pk=destinataire.pk).exists():
        raise ValidationError({"destinataire": "Ce professionnel ne peut pas le lire."})
    dernier = add_months(jour, Parametre.objects.number_on(jour, PARTAGE))
    raise_by_field(jusqu_au=refuse_end(jusqu_au, jour, dernier))
    maintenant = timezone.now()
    note.partages.filter(destinataire=destinataire, retire_le__isnull=True).update(retire_le=maintenant)
    partage = note.partages.create(destinataire=destinataire, jusqu_au=jusqu_au, accorde_le=maintenant)
    record_act(acteur=acteur, acte=ACTES[note.MOT, "share"], objet=note, agent=note.agent)
    return partage


@transaction.atomic
def withdraw_share(*, acteur: Any, partage: Any) -> Any:
    """Stop showing a note; asked twice it changes nothing. Raises PermissionDenied."""
    modele = type(partage)
    partage = modele.objects.select_for_update().get(pk=partage.pk)
    note = partage.note
    if not type(note).objects.visible_to(acteur).held_by(acteur).filter(pk=note.pk).exists():
        raise PermissionDenied
    if partage.retire_le is None:
        partage.retire_le = timezone.now()
        partage.save(update_fields=["retire_le"])
        record_act(acteur=acteur, acte=ACTES[note.MOT, "withdraw"], objet=note, agent=note.agent)
    return partage


@transaction.atomic
def hand_over_notes(*, acteur: Any, jour: datetime.date, agent: Agent) -> bytes:
    """Return the copy of one's own notes for the agent who asked for it, as a zip file kept nowhere.

    Raises PermissionDenied, ValidationError without any note, CleManquante, ScelleRompu, PdfImpossible.
    """
    if not can_write_notes(acteur, agent):
        raise PermissionDenied
    siennes = list(notes_for(acteur).written_by(acteur).filter(agent=agent).order_by("date", "pk"))
    if not siennes:
        raise ValidationError("Vous n’avez aucune note à remettre à cet agent.")
    record_act(acteur=acteur, acte="visites.hand_over_notes", objet=agent, agent=agent)
    return make_copy(agent, siennes, jour)


def take_note(*, acteur: Any, jour: datetime.date, note: Any) -> Any:
    """Return the note, held, for who keeps it: its author, still of the profession in which he wrote it.

    An exchange, for the coordinators of its follow-up; a closed one takes nothing more.
    """
    if not isinstance(note, Echange):
        _refuse_closed(jour)
    tenue = type(note).objects.visible_to(acteur).held_by(acteur).filter(pk=note.pk)
    tenue = tenue.select_for_update(of=("self",)).first()
    if tenue is None or is_own_file(acteur, tenue.agent):
        raise PermissionDenied
    if isinstance(tenue, Echange) and tenue.accompagnement.ferme_le is not None:
        raise ValidationError(FERME)
    return tenue


def sign_version(*, note: Any, acteur: Any, **scelles: str) -> None:
    """Add the version that a note now stands at: each of these texts is sealed into its column."""
    version = note.versions.model(
        note=note, rang=note.version, nom_signataire=str(acteur)[:120], signee_le=timezone.now()
    )
    for champ, clair in scelles.items():
        seal(version, champ, clair)
    version.save()


def raise_by_field(**refus: str) -> None:
    """Raise every refusal beside its field."""
    if fautes := {champ: mot for champ, mot in refus.items() if mot}:
        raise ValidationError(fautes)


def _refuse_closed(jour: datetime.date) -> None:
    if not notes_open(jour):
        raise ValidationError(FERMEES)
