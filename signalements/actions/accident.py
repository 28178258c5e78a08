"""Acts on an accident: enter, correct, link its absences."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from agents.models import Absence
from agents.perms import refuse_own_file
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.numeros import next_number
from nouvea_sst.lib.versions import check_version, holds
from signalements.models import Accident
from signalements.querysets import FAMILLES


class ArretRefuse(Exception):
    """An absence cannot be linked to this accident; the message says why in French."""


@transaction.atomic
def create_accident(
    *, acteur: Any, jeton: UUID, faits: Mapping[str, Any], absences: Iterable[Absence] = ()
) -> Accident:
    """Record an accident with its absences; the same form sent twice makes one.

    Raises ValidationError (a second first accident of that agent, day and kind), ArretRefuse, or
    PermissionDenied for one's own accident.
    """
    refuse_own_file(acteur, faits["agent"])
    numero = next_number(Accident, "AT", faits["date"].year)
    deja = Accident.objects.filter(jeton=jeton).first()
    if deja is not None and holds(deja, faits):
        return deja
    # The browser went back and another text came: another accident.
    accident = Accident(numero=numero, jeton=jeton if deja is None else uuid4(), **faits)
    accident.full_clean()
    accident.save()
    _link(accident, list(absences))
    record_act(acteur=acteur, acte="signalements.create_accident", objet=accident, agent=accident.agent)
    return accident


@transaction.atomic
def update_accident(
    *,
    acteur: Any,
    pk: int,
    version: int,
    faits: Mapping[str, Any],
    absences: Iterable[Absence] | None = None,
) -> Accident:
    """Correct an accident; absences None leaves the linked ones as they are.

    Raises VersionPerimee, ValidationError, ArretRefuse, or PermissionDenied for one's own accident.
    """
    accident = Accident.objects.select_for_update(of=("self",)).get(pk=pk)
    for agent in (accident.agent, faits.get("agent", accident.agent)):
        refuse_own_file(acteur, agent)
    check_version(accident, version)
    changes = [nom for nom, valeur in faits.items() if getattr(accident, nom) != valeur]
    for nom, valeur in faits.items():
        setattr(accident, nom, valeur)
    accident.version += 1
    accident.full_clean()
    accident.save()
    if absences is not None and _link(accident, list(absences)):
        changes.append("absences")
    record_act(
        acteur=acteur,
        acte="signalements.update_accident",
        objet=accident,
        agent=accident.agent,
        champs=changes,
    )
    return accident


def _link(accident: Accident, absences: list[Absence]) -> bool:
    """Set the absences; each is his, for an accident, past its day, of no other accident."""
    siennes = Absence.objects.with_days().filter(agent=accident.agent_id, type__famille__in=FAMILLES)
    permises = set(siennes.filter(date_fin__gt=accident.date).values_list("pk", flat=True))
    for absence in absences:
        if absence.pk not in permises:
            raise ArretRefuse(f"L’arrêt du {absence.date_debut:%d/%m/%Y} ne suit pas cet accident.")
    autres = Accident.objects.filter(absences__in=absences).exclude(pk=accident.pk).order_by("pk").first()
    if autres is not None:
        raise ArretRefuse(f"Un de ces arrêts est déjà rattaché à l’accident {autres.numero}.")
    avant = set(accident.absences.values_list("pk", flat=True))
    accident.absences.set(absences)
    return avant != {a.pk for a in absences}
