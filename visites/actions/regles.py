"""Adds a version to a rule of visits from a day on; corrects or withdraws one that has not begun."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agents.models import TypeAbsence, TypePosition
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.versions import VersionPerimee, check_version, holds
from nouvea_sst.referentiel.enums import Domaine
from nouvea_sst.referentiel.perms import refuse_change
from nouvea_sst.referentiel.rules.valeurs import has_begun
from nouvea_sst.travaux.actions import defer_once
from visites.dossiers import make_regle
from visites.models import Motif, RegleVisite
from visites.parametres import CALCUL
from visites.rules.versions import Version, refuse_version

COMMENCEE = "Cette version a commencé : elle explique des échéances et ne change plus. Ajoutez-en une autre."


def series_of(*, lignes: Sequence[RegleVisite]) -> int:
    """Return a number that grows with every act on the versions of one rule."""
    return sum(ligne.version for ligne in lignes)


@transaction.atomic
def adopt_regle(
    *, acteur: Any, jour: datetime.date, declencheur: str, version: int, valeurs: Mapping[str, Any]
) -> RegleVisite:
    """Add a version of a rule from a day on; the same one sent twice is added once.

    Raises PermissionDenied, ValidationError by column, VersionPerimee when the rule changed meanwhile.
    """
    refuse_change(acteur, Domaine.MEDICAL)
    lignes = locked_versions(declencheur=declencheur)
    gardees = [ligne for ligne in lignes if not ligne.retiree_parce_que]
    for ligne in gardees:
        if holds(ligne, valeurs):
            return ligne
    if series_of(lignes=lignes) != version:
        raise VersionPerimee(max(lignes, key=lambda ligne: ligne.pk))
    ajoutee = RegleVisite(declencheur=declencheur, **valeurs)
    check_regle(regle=ajoutee, gardees=gardees, jour=jour)
    ajoutee.save()
    record_act(acteur=acteur, acte="visites.adopt_regle", objet=ajoutee, libelle=_words(ajoutee))
    _follow(ajoutee.date_effet, jour)
    return ajoutee


@transaction.atomic
def correct_regle(
    *, acteur: Any, jour: datetime.date, pk: int, version: int, raison: str, valeurs: Mapping[str, Any]
) -> RegleVisite:
    """Correct a version that has not begun; the reason is kept with it, not in the journal.

    Raises PermissionDenied, ValidationError by column or when it has begun, VersionPerimee.
    """
    ligne = _locked(acteur, jour, pk, version)
    champs = [nom for nom, valeur in valeurs.items() if getattr(ligne, nom) != valeur]
    if not champs:
        return ligne
    for nom, valeur in valeurs.items():
        setattr(ligne, nom, valeur)
    autres = RegleVisite.objects.kept().filter(declencheur=ligne.declencheur).exclude(pk=pk)
    check_regle(regle=ligne, gardees=list(autres), jour=jour)
    ligne.corrigee_parce_que = raison
    ligne.version += 1
    ligne.save()
    mots = _words(ligne)
    record_act(acteur=acteur, acte="visites.correct_regle", objet=ligne, libelle=mots, champs=champs)
    _follow(ligne.date_effet, jour)
    return ligne


@transaction.atomic
def withdraw_regle(*, acteur: Any, jour: datetime.date, pk: int, version: int, raison: str) -> RegleVisite:
    """Withdraw a version that has not begun; the row stays with the reason.

    Raises PermissionDenied, ValidationError when it has begun, VersionPerimee.
    """
    ligne = _locked(acteur, jour, pk, version)
    ligne.retiree_parce_que = raison
    ligne.version += 1
    ligne.save()
    record_act(acteur=acteur, acte="visites.withdraw_regle", objet=ligne, libelle=_words(ligne))
    return ligne


def locked_versions(*, declencheur: str) -> list[RegleVisite]:
    """All versions of a rule, kept for this transaction."""
    lignes = RegleVisite.objects.select_for_update(of=("self",)).filter(declencheur=declencheur)
    return list(lignes.order_by("pk"))


def check_regle(*, regle: RegleVisite, gardees: Sequence[RegleVisite], jour: datetime.date) -> None:
    """Raise ValidationError by column unless this version may stand beside the others.

    A code that an earlier version names is known, even where the list of the reference data lacks it.
    """
    commencees = [ligne.date_effet for ligne in gardees if has_begun(ligne.date_effet, jour)]
    refus = refuse_version(
        Version(
            regle=make_regle(regle),
            jour=jour,
            motif_propose=Motif.objects.filter(pk=regle.motif_id, actif=True).exists(),
            types_connus={
                *TypeAbsence.objects.values_list("code", flat=True),
                *(code for ligne in gardees for code in ligne.types_absence),
            },
            positions_connues={
                *TypePosition.objects.values_list("code", flat=True),
                *(code for ligne in gardees for code in ligne.positions),
            },
            en_vigueur_depuis=max(commencees, default=None),
            dates_prises=[ligne.date_effet for ligne in gardees],
        )
    )
    if refus:
        raise ValidationError({champ: [phrase] for champ, phrase in refus})
    regle.full_clean()


def _locked(acteur: Any, jour: datetime.date, pk: int, version: int) -> RegleVisite:
    """The version, kept for this transaction, once it is known that it may still change."""
    refuse_change(acteur, Domaine.MEDICAL)
    ligne = RegleVisite.objects.select_for_update(of=("self",)).get(pk=pk)
    check_version(ligne, version)
    if has_begun(ligne.date_effet, jour):
        raise ValidationError(COMMENCEE)
    if ligne.retiree_parce_que:
        raise ValidationError("Cette version est déjà retirée.")
    return ligne


def _words(regle: RegleVisite) -> str:
    return f"{regle.get_declencheur_display()}, version du {format_date(regle.date_effet)}"


def _follow(date_effet: datetime.date, jour: datetime.date) -> None:
    """Queue the calculation that a version in force asks for; one to come waits for its night."""
    if has_begun(date_effet, jour):
        defer_once(tache=CALCUL)
