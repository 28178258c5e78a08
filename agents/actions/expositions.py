"""Acts on what posts expose to; the due dates of their agents follow."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from agents.models import ExpositionPoste, Poste, TypeExposition
from nouvea_sst.comptes.corbeille import put_aside, write_back
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_followups


@transaction.atomic
def add_exposition(
    *,
    acteur: Any,
    poste_id: int,
    type: TypeExposition,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
) -> ExpositionPoste:
    """Say what a post exposes to. Raises ValidationError by field: it does already on some of these days."""
    poste = Poste.objects.select_for_update().get(pk=poste_id)
    exposition = ExpositionPoste(poste=poste, type=type, date_debut=date_debut, date_fin=date_fin)
    _check(exposition)
    exposition.save()
    record_act(acteur=acteur, acte="agents.add_exposition", objet=exposition)
    defer_followups()
    return exposition


@transaction.atomic
def update_exposition(
    *,
    acteur: Any,
    exposition_id: int,
    version: int,
    type: TypeExposition,
    date_debut: datetime.date,
    date_fin: datetime.date | None,
) -> ExpositionPoste:
    """Correct an exposure, or end it. Raises VersionPerimee, ValidationError by field."""
    exposition = _locked(exposition_id)
    check_version(exposition, version)
    exposition.type, exposition.date_debut, exposition.date_fin = type, date_debut, date_fin
    exposition.version += 1
    _check(exposition)
    exposition.save()
    record_act(acteur=acteur, acte="agents.update_exposition", objet=exposition)
    defer_followups()
    return exposition


@transaction.atomic
def delete_exposition(*, acteur: Any, exposition_id: int, version: int) -> Retrait:
    """Take away an exposure typed by mistake; it may be put back for thirty days. Raises VersionPerimee."""
    exposition = _locked(exposition_id)
    check_version(exposition, version)
    record_act(acteur=acteur, acte="agents.delete_exposition", objet=exposition)
    retrait = put_aside(
        acteur=acteur,
        objet=exposition,
        libelle=str(exposition),
        droit="agents.change_structure",
        adresse=reverse("agents:poste_corriger", args=[exposition.poste_id]),
    )
    defer_followups()
    return retrait


@transaction.atomic
def restore_exposition(*, acteur: Any, objet: ExpositionPoste) -> None:
    """Put back an exposure as it was. Raises ValidationError when the post has it again meanwhile."""
    Poste.objects.select_for_update().get(pk=objet.poste_id)
    _check(objet)
    write_back(objet)
    record_act(acteur=acteur, acte="agents.restore_exposition", objet=objet)
    defer_followups()


def _locked(exposition_id: int) -> ExpositionPoste:
    """The exposure, its post locked: entries about one post take turns."""
    exposition = ExpositionPoste.objects.select_related("poste", "type").get(pk=exposition_id)
    Poste.objects.select_for_update().get(pk=exposition.poste_id)
    exposition.refresh_from_db(fields=["type", "date_debut", "date_fin", "version"])
    return exposition


def _check(exposition: ExpositionPoste) -> None:
    """Raise ValidationError by field for days that make no sense, or that the same exposure has already."""
    debut, fin = exposition.date_debut, exposition.date_fin
    if fin is not None and fin < debut:
        raise ValidationError({"date_fin": "La fin précède le début."})
    memes = ExpositionPoste.objects.filter(poste=exposition.poste_id, type=exposition.type)
    autres = memes.exclude(pk=exposition.pk).exclude(date_fin__lt=debut)
    if fin is not None:
        autres = autres.filter(date_debut__lte=fin)
    if autre := autres.order_by("date_debut", "pk").first():
        raise ValidationError(
            {"type": f"Ce poste y expose déjà depuis le {autre.date_debut:%d/%m/%Y} : corrigez cette ligne."}
        )
