"""Writes the visits due that a calculation found."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from visites.enums import Cloture, EtatDemande, EtatDue
from visites.models import DemandeVisite, VisiteDue
from visites.rules.bareme import Bareme, Proposition
from visites.rules.confrontation import DueConnue, Ecarts

ECRITS = [
    "regle",
    "famille",
    "motif",
    "fait_le",
    "calculee",
    "echeance",
    "priorite",
    "absences",
    "preuve",
    "etat",
    "cloture",
    "close_le",
    "calculee_le",
]


def write_dues(*, ecarts: Iterable[tuple[int, Ecarts]], bareme: Bareme) -> None:
    """Write what a calculation changes: one statement for what is due, one for what no longer is.

    An occasion that was closed and comes back, as after an import undone, opens its own row again.
    """
    maintenant = timezone.now()
    dues: list[VisiteDue] = []
    gardees: list[int] = []
    demandes: list[int] = []
    for agent_id, ecart in ecarts:
        dues += [_make(agent_id, due, None, maintenant) for due in ecart.creees]
        dues += [_make(agent_id, due, connue, maintenant) for connue, due in ecart.modifiees]
        gardees += [connue.pk for connue in ecart.gardees]
        for fin in ecart.closes:
            dues.append(_close(fin.due, fin.cloture, fin.preuve, bareme.jour, maintenant))
            if fin.cloture == Cloture.TENUE and fin.due.cle.startswith("demande:"):
                demandes.append(int(fin.due.cle.partition(":")[2]))
    VisiteDue.objects.bulk_create(
        dues, update_conflicts=True, unique_fields=["agent", "cle"], update_fields=ECRITS, batch_size=2000
    )
    VisiteDue.objects.filter(pk__in=gardees).update(calculee_le=maintenant)
    if demandes:
        DemandeVisite.objects.waiting().filter(pk__in=demandes).update(
            etat=EtatDemande.SATISFAITE, traitee_le=bareme.jour
        )


def _make(
    agent_id: int, due: Proposition, connue: DueConnue | None, maintenant: datetime.datetime
) -> VisiteDue:
    choisie = None if connue is None else connue.choisie
    return VisiteDue(
        agent_id=agent_id,
        cle=due.cle,
        regle_id=due.regle.pk,
        famille=due.regle.famille,
        motif_id=due.motif,
        fait_le=due.fait_le,
        calculee=due.jour,
        echeance=choisie or due.jour,
        priorite=due.priorite,
        absences=due.absences,
        preuve=due.preuve,
        etat=EtatDue.OUVERTE,
        calculee_le=maintenant,
    )


def _close(
    due: DueConnue,
    cloture: Cloture,
    preuve: dict[str, Any],
    jour: datetime.date,
    maintenant: datetime.datetime,
) -> VisiteDue:
    return VisiteDue(
        agent_id=due.agent,
        cle=due.cle,
        regle_id=due.regle,
        famille=due.famille,
        motif_id=due.motif,
        fait_le=due.fait_le,
        calculee=due.calculee,
        echeance=due.echeance,
        priorite=due.priorite,
        absences=due.absences,
        preuve=preuve,
        etat=EtatDue.CLOSE,
        cloture=cloture,
        close_le=jour,
        calculee_le=maintenant,
    )
