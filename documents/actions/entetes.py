"""Keeps the head of the letters and who may sign them."""

import datetime
import io
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from documents.models import EnTete, Signataire
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version, holds

DONNEES = Path(__file__).parents[1] / "donnees"
OCTETS_MAX = 1024 * 1024
POINTS_MAX = 4_000_000
COTE = 600
FORMATS = ("PNG", "JPEG")
PAS_UNE_IMAGE = "Ce fichier n’est pas une image PNG ou JPEG lisible."


def check_logo(*, contenu: bytes) -> bytes:
    """Return the logo re-encoded as PNG, 600 pixels at most: nothing of the file but its points stays.

    Raises ValidationError for what is too big, or no PNG nor JPEG.
    """
    if len(contenu) > OCTETS_MAX:
        raise ValidationError("Le logo pèse plus de 1 Mo.")
    try:
        with Image.open(io.BytesIO(contenu), formats=FORMATS) as image:
            if image.width * image.height > POINTS_MAX:
                raise ValidationError("Le logo compte plus de 4 millions de points.")
            image.load()
            points = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as refus:
        raise ValidationError(PAS_UNE_IMAGE) from refus
    points.thumbnail((COTE, COTE))
    sortie = io.BytesIO()
    points.save(sortie, "PNG", optimize=True)
    return sortie.getvalue()


@transaction.atomic
def load_entete(*, acteur: Any) -> int:
    """Make the head of the seed if there is none; return how many."""
    if EnTete.objects.exists():
        return 0
    faits = json.loads((DONNEES / "entete.json").read_text(encoding="utf8"))
    entete = EnTete.objects.create(pk=1, **faits)
    record_act(acteur=acteur, acte="documents.correct_entete", objet=entete)
    return 1


@transaction.atomic
def correct_entete(
    *, acteur: Any, version: int, valeurs: dict[str, Any], logo: bytes | None = None, sans_logo: bool = False
) -> EnTete:
    """Correct the head; `logo` replaces the picture, `sans_logo` takes it away. Raises VersionPerimee."""
    entete = EnTete.objects.select_for_update().get(pk=1)
    check_version(entete, version)
    champs = [nom for nom, valeur in valeurs.items() if getattr(entete, nom) != valeur]
    for nom in champs:
        setattr(entete, nom, valeurs[nom])
    if logo is not None or sans_logo:
        entete.logo = check_logo(contenu=logo) if logo is not None else b""
        champs.append("logo")
    if champs:
        entete.full_clean()
        entete.version += 1
        entete.save()
        record_act(acteur=acteur, acte="documents.correct_entete", objet=entete, champs=champs)
    return entete


@transaction.atomic
def add_signataire(
    *,
    acteur: Any,
    nom: str,
    fonction: str,
    delegation: str,
    date_debut: datetime.date,
    date_fin: datetime.date | None,
) -> Signataire:
    """Add somebody who signs. Raises ValidationError by field."""
    ligne = Signataire(
        nom=nom, fonction=fonction, delegation=delegation, date_debut=date_debut, date_fin=date_fin
    )
    ligne.full_clean()
    ligne.save()
    record_act(acteur=acteur, acte="documents.add_signataire", objet=ligne)
    return ligne


@transaction.atomic
def correct_signataire(*, acteur: Any, pk: int, version: int, **valeurs: Any) -> Signataire:
    """Correct who signs, or until when. Raises ValidationError by field, VersionPerimee."""
    ligne = Signataire.objects.select_for_update().get(pk=pk)
    check_version(ligne, version)
    if holds(ligne, valeurs):
        return ligne
    champs = [nom for nom, valeur in valeurs.items() if getattr(ligne, nom) != valeur]
    for nom in champs:
        setattr(ligne, nom, valeurs[nom])
    ligne.full_clean()
    ligne.version += 1
    ligne.save()
    record_act(acteur=acteur, acte="documents.correct_signataire", objet=ligne, champs=champs)
    return ligne
