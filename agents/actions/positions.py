"""Acts on the administrative positions of an agent, typed by hand beside those that the payroll brings."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from agents.models import Agent, PositionAdministrative, TypePosition
from agents.perms import refuse_own_file
from nouvea_sst.comptes.corbeille import RetraitRefuse, put_aside, write_back
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_followups


@transaction.atomic
def create_position(
    *,
    acteur: Any,
    agent_id: int,
    type: TypePosition,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
) -> PositionAdministrative:
    """Enter a position. Raises ValidationError by field for an overlap, PermissionDenied for one's own."""
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=agent_id)
    refuse_own_file(acteur, agent)
    position = PositionAdministrative(agent=agent, type=type, date_debut=date_debut, date_fin=date_fin)
    _check(position)
    position.save()
    record_act(acteur=acteur, acte="agents.create_position", objet=position, agent=agent)
    defer_followups()
    return position


@transaction.atomic
def update_position(
    *,
    acteur: Any,
    position_id: int,
    version: int,
    type: TypePosition,
    date_debut: datetime.date,
    date_fin: datetime.date | None,
) -> list[str]:
    """Correct a position and return the names of the fields changed; nothing is written without any.

    Raises VersionPerimee, ValidationError by field, PermissionDenied for one's own.
    """
    position = _locked(position_id)
    refuse_own_file(acteur, position.agent)
    check_version(position, version)
    voulu = {"type": type, "date_debut": date_debut, "date_fin": date_fin}
    changes = [nom for nom, valeur in voulu.items() if getattr(position, nom) != valeur]
    if not changes:
        return []
    for nom, valeur in voulu.items():
        setattr(position, nom, valeur)
    _check(position)
    position.version += 1
    position.save()
    record_act(
        acteur=acteur, acte="agents.update_position", objet=position, agent=position.agent, champs=changes
    )
    defer_followups()
    return changes


@transaction.atomic
def delete_position(*, acteur: Any, position_id: int, version: int) -> Retrait:
    """Take a position away, after the confirmation of the page; it may be put back for thirty days.

    Raises VersionPerimee, ValidationError when another record counts on it, PermissionDenied for one's own.
    """
    position = _locked(position_id)
    refuse_own_file(acteur, position.agent)
    check_version(position, version)
    record_act(acteur=acteur, acte="agents.delete_position", objet=position, agent=position.agent)
    try:
        retrait = put_aside(
            acteur=acteur,
            objet=position,
            libelle=f"{position}, {position.agent}",
            droit="agents.change_agent",
            adresse=reverse("agents:carriere", args=[position.agent_id]),
            agent=position.agent,
        )
    except RetraitRefuse as refus:
        raise ValidationError(str(refus)) from refus
    defer_followups()
    return retrait


@transaction.atomic
def restore_position(*, acteur: Any, objet: PositionAdministrative) -> None:
    """Put back a position as it was. Raises ValidationError when another took its days, PermissionDenied."""
    agent = Agent.objects.of_key(objet.agent_id).select_for_update(of=("self",)).get()
    refuse_own_file(acteur, agent)
    objet.agent = agent
    if autre := _overlapping(objet):
        raise ValidationError(f"L’agent a maintenant une autre position {_in_words(autre)}.")
    write_back(objet)
    record_act(acteur=acteur, acte="agents.restore_position", objet=objet, agent=agent)
    defer_followups()


def _locked(position_id: int) -> PositionAdministrative:
    """Return the position with its agent's row locked: entries about one agent take turns."""
    position = PositionAdministrative.objects.select_related("agent", "type").get(pk=position_id)
    Agent.objects.select_for_update(of=("self",)).get(pk=position.agent_id)
    position.refresh_from_db()
    return position


def _check(position: PositionAdministrative) -> None:
    """Raise ValidationError by field unless the position can stand beside the agent's others."""
    if position.date_fin and position.date_fin < position.date_debut:
        raise ValidationError({"date_fin": "La fin précède le début."})
    if autre := _overlapping(position):
        phrase = f"L’agent a déjà une position {_in_words(autre)} : corrigez celle-ci ou changez les dates."
        raise ValidationError({"date_debut": phrase})


def _overlapping(position: PositionAdministrative) -> PositionAdministrative | None:
    """The first other position of the agent that has a day in common."""
    autres = PositionAdministrative.objects.filter(agent=position.agent).exclude(pk=position.pk)
    autres = autres.filter(Q(date_fin__isnull=True) | Q(date_fin__gte=position.date_debut))
    if position.date_fin:
        autres = autres.filter(date_debut__lte=position.date_fin)
    return autres.order_by("date_debut").first()


def _in_words(position: PositionAdministrative) -> str:
    debut = format_date(position.date_debut)
    return f"du {debut} au {format_date(position.date_fin)}" if position.date_fin else f"depuis le {debut}"
