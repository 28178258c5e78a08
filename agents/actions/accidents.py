"""What an absence owes to the accident that it belongs to."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from agents.models import Absence
from agents.rules.accidents import RECHUTE, check_accident


def check_tie(*, absence: Absence, jour: datetime.date) -> None:
    """Raise ValidationError by field unless the absence is tied to its accident as sirh.md §3.3 asks.

    A prolongation that names no accident is tied to that of the leave it prolongs.
    """
    if not absence.est_accident:
        if absence.accident or absence.date_accident or absence.sans_arret:
            raise ValidationError({"type": "Seul un accident du travail est sans arrêt, ou a une date."})
        return
    autres = absence.agent.absences.exclude(pk=absence.pk).select_related("accident", "type")
    if absence.prolongation and absence.accident is None:
        absence.accident = _prolonged(absence, autres)
    accident = absence.accident
    if accident is not None and accident.pk not in set(autres.of_accidents().values_list("pk", flat=True)):
        raise ValidationError({"accident": "Choisissez un accident de cet agent."})
    fautes = check_accident(
        absence.arret,
        rechute=absence.type.code == RECHUTE,
        prolongation=absence.prolongation,
        debut_accident=accident.date_debut if accident else None,
        date_accident=absence.date_accident,
        dates_prises={a.date_accident for a in autres.of_accidents() if a.date_accident},
        jour=jour,
    )
    if fautes:
        raise ValidationError(fautes)


def _prolonged(absence: Absence, autres: Any) -> Absence | None:
    """Return the accident of the leave that ends right before this one."""
    veille = absence.date_debut - datetime.timedelta(days=1)
    voisines = autres.filter(date_fin__in=[veille, absence.date_debut], type=absence.type)
    voisine = voisines.order_by("-date_debut", "pk").first()
    if voisine is None or voisine.accident_id is not None:
        return voisine and voisine.accident
    return None if voisine.prolongation or voisine.type.code == RECHUTE else voisine


def refuse_lost_accident(*, absence: Absence) -> None:
    """Raise ValidationError when what was an accident is one no more, and others belong to it."""
    if absence.accident_id is None and absence.est_accident and absence.type.code != RECHUTE:
        if not absence.prolongation:
            return
    if suites := _describe_suites(absence):
        raise ValidationError({"type": f"C’est l’accident d’où viennent {suites} : il reste un accident."})


def refuse_if_followed(*, absence: Absence) -> None:
    """Raise ValidationError, naming them, when relapses or prolongations belong to this accident."""
    if suites := _describe_suites(absence):
        raise ValidationError(
            f"Cet accident n’est pas retiré : de lui viennent {suites}. Supprimez-les d’abord, "
            "ou rattachez-les à un autre accident."
        )


def _describe_suites(absence: Absence) -> str:
    """Name what belongs to an accident: « la rechute du 12/03/2026 et la prolongation du 02/04/2026 »."""
    *noms, dernier = [
        f"la {'rechute' if suite.type.code == RECHUTE else 'prolongation'} du {suite.date_debut:%d/%m/%Y}"
        for suite in absence.suites.select_related("type").order_by("date_debut", "pk")
    ] or [""]
    return f"{', '.join(noms)} et {dernier}" if noms else dernier
