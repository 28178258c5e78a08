"""Acts on the plan: decide an action, follow it, prove that it is done."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.numeros import next_number
from nouvea_sst.lib.transitions import TransitionRefusee, check_transition
from nouvea_sst.lib.versions import check_version, holds
from signalements.enums import EtatAction
from signalements.models import Action
from signalements.rules.etats import ACTION

SUJET = "Cette action"


@transaction.atomic
def create_action(*, acteur: Any, jour: datetime.date, jeton: UUID, faits: Mapping[str, Any]) -> Action:
    """Add an action to the plan; the same form sent twice makes one."""
    numero = next_number(Action, "PA", jour.year)
    deja = Action.objects.filter(jeton=jeton).first()
    if deja is not None and holds(deja, faits):
        return deja
    # The browser went back and another text came: another action.
    action = Action(numero=numero, jeton=jeton if deja is None else uuid4(), creee_le=jour, **faits)
    action.full_clean()
    action.save()
    record_act(acteur=acteur, acte="signalements.create_action", objet=action)
    return action


def _write(action: Action, *, acteur: Any, acte: str, **valeurs: Any) -> Action:
    """Set the values, add one to the version, leave the journal line with what changed."""
    changes = [nom for nom, valeur in valeurs.items() if getattr(action, nom) != valeur]
    for nom, valeur in valeurs.items():
        setattr(action, nom, valeur)
    action.version += 1
    action.full_clean()
    action.save()
    record_act(acteur=acteur, acte=f"signalements.{acte}", objet=action, champs=changes)
    return action


def _move(pk: int, version: int, cible: EtatAction, **suite: Any) -> Action:
    """Bring an action to another state; TransitionRefusee or VersionPerimee otherwise."""
    action = Action.objects.select_for_update(of=("self",)).get(pk=pk)
    check_transition(ACTION, EtatAction(action.etat), cible, SUJET)
    check_version(action, version)
    return _write(action, etat=cible, **suite)


@transaction.atomic
def update_action(*, acteur: Any, pk: int, version: int, faits: Mapping[str, Any]) -> Action:
    """Correct an open action. Raises TransitionRefusee once it is closed, or VersionPerimee."""
    action = Action.objects.select_for_update(of=("self",)).get(pk=pk)
    if not ACTION[EtatAction(action.etat)]:
        raise TransitionRefusee(f"{SUJET} est close et ne change plus.")
    check_version(action, version)
    return _write(action, acteur=acteur, acte="update_action", **faits)


@transaction.atomic
def start_action(*, acteur: Any, pk: int, version: int) -> Action:
    """Begin an action. Raises TransitionRefusee or VersionPerimee."""
    return _move(pk, version, EtatAction.EN_COURS, acteur=acteur, acte="start_action")


@transaction.atomic
def finish_action(*, acteur: Any, pk: int, version: int, faite_le: datetime.date, preuve: str) -> Action:
    """Record that an action is done, with its proof. Raises TransitionRefusee or VersionPerimee."""
    return _move(
        pk,
        version,
        EtatAction.FAITE,
        acteur=acteur,
        acte="finish_action",
        faite_le=faite_le,
        preuve=preuve,
    )


@transaction.atomic
def abandon_action(*, acteur: Any, pk: int, version: int, jour: datetime.date, raison: str) -> Action:
    """Give an action up for a reason that is kept. Raises TransitionRefusee or VersionPerimee."""
    return _move(
        pk,
        version,
        EtatAction.ABANDONNEE,
        acteur=acteur,
        acte="abandon_action",
        faite_le=jour,
        preuve=raison,
    )
