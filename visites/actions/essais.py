"""Puts a rule of visits on trial, keeps what the trial found, adopts or abandons it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import VersionPerimee, check_version
from nouvea_sst.referentiel.enums import Domaine
from nouvea_sst.referentiel.perms import refuse_change
from nouvea_sst.travaux.actions import open_travail
from visites.actions.regles import adopt_regle, check_regle, locked_versions, series_of
from visites.enums import EtatEssai
from visites.essais import read_scale, read_valeurs
from visites.models import EssaiRegle, RegleVisite

TACHE = "visites.try_regle"


@transaction.atomic
def start_essai(
    *, acteur: Any, jour: datetime.date, declencheur: str, version: int, valeurs: Mapping[str, Any]
) -> EssaiRegle:
    """Queue the trial of a version that could be adopted; no visit due is written.

    Raises PermissionDenied, ValidationError by column, VersionPerimee when the rule changed meanwhile.
    """
    refuse_change(acteur, Domaine.MEDICAL)
    lignes = locked_versions(declencheur=declencheur)
    if series_of(lignes=lignes) != version:
        raise VersionPerimee(max(lignes, key=lambda ligne: ligne.pk))
    gardees = [ligne for ligne in lignes if not ligne.retiree_parce_que]
    check_regle(regle=RegleVisite(declencheur=declencheur, **valeurs), gardees=gardees, jour=jour)
    essai = EssaiRegle.objects.create(
        declencheur=declencheur,
        valeurs=dict(valeurs),
        jour=jour,
        regles_lues=read_scale(jour),
        demandeur=acteur,
        demande_le=timezone.now(),
    )
    essai.travail = open_travail(acteur=acteur, intitule=str(essai))
    essai.save(update_fields=["travail"])
    app.configure_task(TACHE).defer(travail_id=essai.travail.pk, essai_id=essai.pk)
    record_act(acteur=acteur, acte="visites.start_essai", objet=essai)
    return essai


def keep_resultat(*, essai_id: int, resultat: Mapping[str, Any]) -> None:
    """Keep what the trial found, unless it was abandoned meanwhile; no act of a person: no journal line."""
    EssaiRegle.objects.filter(pk=essai_id, etat=EtatEssai.EN_COURS).update(
        etat=EtatEssai.PRET, resultat=resultat
    )


def fail_essai(*, essai_id: int) -> None:
    """Note that the trial could not be calculated; the job says why."""
    EssaiRegle.objects.filter(pk=essai_id, etat=EtatEssai.EN_COURS).update(etat=EtatEssai.ECHEC)


@transaction.atomic
def adopt_essai(*, acteur: Any, jour: datetime.date, pk: int, version: int, serie: int) -> EssaiRegle:
    """Make the version on trial a version of the rule, from its date on; the trial stays with its result.

    Raises PermissionDenied, ValidationError, VersionPerimee when the trial or the rule changed meanwhile.
    """
    essai = _locked(acteur, pk, version)
    if essai.etat != EtatEssai.PRET:
        raise ValidationError("Seul un essai dont le calcul est fini s’adopte.")
    essai.adoptee = adopt_regle(
        acteur=acteur,
        jour=jour,
        declencheur=essai.declencheur,
        version=serie,
        valeurs=read_valeurs(essai.valeurs),
    )
    essai.etat = EtatEssai.ADOPTE
    essai.save()
    return essai


@transaction.atomic
def abandon_essai(*, acteur: Any, pk: int, version: int) -> EssaiRegle:
    """Put a trial away. Raises PermissionDenied, ValidationError when it is closed, VersionPerimee."""
    essai = _locked(acteur, pk, version)
    if essai.etat in (EtatEssai.ADOPTE, EtatEssai.ABANDONNE):
        raise ValidationError("Cet essai est déjà clos.")
    essai.etat = EtatEssai.ABANDONNE
    essai.save()
    record_act(acteur=acteur, acte="visites.abandon_essai", objet=essai)
    return essai


def _locked(acteur: Any, pk: int, version: int) -> EssaiRegle:
    """The trial, kept for this transaction, its version raised."""
    refuse_change(acteur, Domaine.MEDICAL)
    essai = EssaiRegle.objects.select_for_update(of=("self",)).get(pk=pk)
    check_version(essai, version)
    essai.version += 1
    return essai
