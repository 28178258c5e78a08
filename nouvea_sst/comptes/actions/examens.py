"""Draws the yearly sample of consultations, keeps what the chief says of each, closes it."""

import datetime
import secrets
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nouvea_sst.comptes.enums import AvisConsultation
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import ExamenConsultations, LigneExamen, LigneJournal, Utilisateur
from nouvea_sst.comptes.rules import examens as regle
from nouvea_sst.lib.affichage import as_day


@transaction.atomic
def draw_examen(
    *, acteur: Utilisateur, annee: int, taille: int, maintenant: datetime.datetime
) -> ExamenConsultations:
    """Draw so many consultations of a year at random. Raises ValidationError if there is none."""
    Utilisateur.objects.select_for_update().get(pk=acteur.pk)
    if ExamenConsultations.objects.drawn_by(acteur).filter(annee=annee).exists():
        raise ValidationError(regle.DEJA_TIREE.format(annee=annee))
    periode = regle.period_of(annee, as_day(maintenant))
    if periode is None:
        raise ValidationError(regle.TROP_TOT.format(annee=annee))
    lignes = LigneJournal.objects.to_examine(acteur).between_days(*periode)
    graine = secrets.token_hex(16)
    tirees = lignes.draw(graine, taille)
    if not tirees:
        raise ValidationError(regle.SANS_LIGNE.format(annee=annee))
    examen = ExamenConsultations.objects.create(
        annee=annee,
        debut=periode[0],
        fin=periode[1],
        graine=graine,
        population=lignes.count(),
        tire_par=acteur,
        tire_le=maintenant,
    )
    LigneExamen.objects.bulk_create(
        LigneExamen(examen=examen, ligne_id=cle, rang=rang) for rang, cle in enumerate(tirees, start=1)
    )
    record_act(acteur=acteur, acte="comptes.draw_examen", objet=examen)
    return examen


@transaction.atomic
def judge_consultation(
    *, acteur: Utilisateur, ligne_id: int, avis: str, motif: str, maintenant: datetime.datetime
) -> LigneExamen:
    """Keep what the chief says of one consultation. Raises ValidationError, PermissionDenied."""
    ligne = LigneExamen.objects.select_related("examen").get(pk=ligne_id)
    _open_for(acteur, ligne.examen_id)
    if regle.needs_motif(AvisConsultation(avis)) and not motif.strip():
        raise ValidationError({"motif": regle.SANS_MOTIF})
    ligne.avis, ligne.motif, ligne.examinee_le = avis, motif.strip(), maintenant
    ligne.save(update_fields=["avis", "motif", "examinee_le"])
    record_act(acteur=acteur, acte="comptes.judge_consultation", objet=ligne, champs=["avis", "motif"])
    return ligne


@transaction.atomic
def close_examen(
    *, acteur: Utilisateur, examen_id: int, maintenant: datetime.datetime
) -> ExamenConsultations:
    """Close an examination, every line having its opinion. Raises ValidationError, PermissionDenied."""
    examen = _open_for(acteur, examen_id)
    if examen.lignes.left().exists():
        raise ValidationError(regle.RESTE)
    examen.clos_le = maintenant
    examen.save(update_fields=["clos_le"])
    record_act(acteur=acteur, acte="comptes.close_examen", objet=examen)
    return examen


def _open_for(acteur: Any, examen_id: int) -> ExamenConsultations:
    """Lock the examination: its own chief writes in it, while it is open."""
    examen = ExamenConsultations.objects.select_for_update().get(pk=examen_id)
    if examen.tire_par_id != acteur.pk:
        raise PermissionDenied
    if examen.clos_le is not None:
        raise ValidationError(regle.CLOS)
    return examen
