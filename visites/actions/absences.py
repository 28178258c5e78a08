"""Notes, corrects and cancels the absences of professionals."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.versions import check_version
from visites.actions.rendez_vous import raise_refusals
from visites.models import AbsenceProfessionnel
from visites.perms import can_open_for
from visites.rules.absences import refuse_away


@transaction.atomic
def note_absence_professionnel(
    *,
    acteur: Any,
    jour: datetime.date,
    professionnel: Utilisateur,
    nature: str,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
    debut: datetime.time | None = None,
    fin: datetime.time | None = None,
) -> AbsenceProfessionnel:
    """Note an absence; placed visits stay where they are, to be moved.

    Raises ValidationError, a French sentence per field; PermissionDenied for another's agenda.
    """
    absence = AbsenceProfessionnel(
        professionnel=professionnel,
        nature=nature,
        date_debut=date_debut,
        date_fin=date_fin or date_debut,
        debut=debut,
        fin=fin,
    )
    _check(acteur, jour, absence)
    absence.save()
    record_act(acteur=acteur, acte="visites.note_absence_professionnel", objet=absence)
    return absence


@transaction.atomic
def correct_absence_professionnel(
    *,
    acteur: Any,
    jour: datetime.date,
    absence: AbsenceProfessionnel,
    version: int,
    nature: str,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
    debut: datetime.time | None = None,
    fin: datetime.time | None = None,
) -> AbsenceProfessionnel:
    """Correct an absence that has not ended. Raises as noting one does, and VersionPerimee."""
    lue = _lock(absence, version)
    commencee = lue.date_debut
    lue.nature, lue.debut, lue.fin = nature, debut, fin
    lue.date_debut, lue.date_fin = date_debut, date_fin or date_debut
    _check(acteur, jour, lue, connu=commencee == date_debut)
    lue.save()
    record_act(acteur=acteur, acte="visites.correct_absence_professionnel", objet=lue)
    return lue


@transaction.atomic
def cancel_absence_professionnel(
    *, acteur: Any, absence: AbsenceProfessionnel, version: int
) -> AbsenceProfessionnel:
    """Cancel an absence: its hours may be filled again. Raises PermissionDenied, VersionPerimee."""
    lue = _lock(absence, version)
    if not can_open_for(acteur, lue.professionnel):
        raise PermissionDenied
    lue.annulee = True
    lue.save()
    record_act(acteur=acteur, acte="visites.cancel_absence_professionnel", objet=lue)
    return lue


def _lock(absence: AbsenceProfessionnel, version: int) -> AbsenceProfessionnel:
    verrouillees = AbsenceProfessionnel.objects.kept().select_for_update(of=["self"])
    lue = verrouillees.select_related("professionnel").get(pk=absence.pk)
    check_version(lue, version)
    lue.version += 1
    return lue


def _check(acteur: Any, jour: datetime.date, absence: AbsenceProfessionnel, *, connu: bool = False) -> None:
    """Ask the rule, the professional's row locked: no visit is placed and no absence noted meanwhile."""
    Utilisateur.objects.select_for_update().get(pk=absence.professionnel_id)
    if not can_open_for(acteur, absence.professionnel):
        raise PermissionDenied
    autres = AbsenceProfessionnel.objects.of(
        [absence.professionnel_id], absence.date_debut, absence.date_fin
    ).exclude(pk=absence.pk)
    refus = refuse_away(jour=jour, demande=absence.lue, autres=[a.lue for a in autres], connu=connu)
    raise_refusals(refus=refus)
