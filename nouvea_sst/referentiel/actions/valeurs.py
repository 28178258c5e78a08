"""Adds a value to a parameter from a day on; corrects or withdraws one that has not begun."""

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.versions import VersionPerimee, check_version
from nouvea_sst.referentiel.cles import Cle, all_cles
from nouvea_sst.referentiel.models import Parametre, Texte
from nouvea_sst.referentiel.perms import refuse_change
from nouvea_sst.referentiel.querysets import forget_numbers
from nouvea_sst.referentiel.rules.valeurs import Borne, Saisie, has_begun, refuse_valeur, write_valeur
from nouvea_sst.travaux.actions import defer_once

COMMENCEE = "Cette valeur a commencé : elle explique des dates et ne change plus. Ajoutez-en une autre."


def series_version(*, lignes: Sequence[Parametre]) -> int:
    """Return a number that grows with every act on the values of one parameter."""
    return sum(ligne.version for ligne in lignes)


@transaction.atomic
def add_valeur(
    *,
    acteur: Any,
    jour: datetime.date,
    code: str,
    version: int,
    valeur: Decimal,
    date_effet: datetime.date,
    source: str,
    fiabilite: str,
    texte: Texte | None = None,
) -> Parametre:
    """Add the value of a parameter from a day on; the same one sent twice is added once.

    Raises PermissionDenied, ValidationError by field, VersionPerimee when the values changed meanwhile.
    """
    cle = all_cles()[code]
    refuse_change(acteur, cle.domaine)
    lignes = list(Parametre.objects.select_for_update(of=("self",)).filter(code=code).order_by("pk"))
    gardees = [ligne for ligne in lignes if not ligne.retiree_parce_que]
    derniere = max(gardees, key=lambda ligne: ligne.date_effet)
    saisie = {"valeur": valeur, "date_effet": date_effet, "source": source, "fiabilite": fiabilite}
    for ligne in gardees:
        if all(getattr(ligne, nom) == typed for nom, typed in saisie.items()) and ligne.texte == texte:
            return ligne
    if series_version(lignes=lignes) != version:
        raise VersionPerimee(max(lignes, key=lambda ligne: ligne.pk))
    _check(cle, gardees, saisie, texte, jour)
    ajoutee = Parametre(code=code, libelle=derniere.libelle, unite=derniere.unite, texte=texte, **saisie)
    ajoutee.full_clean()
    ajoutee.save()
    forget_numbers()
    mots = (
        f"{derniere.libelle} : {write_valeur(valeur, derniere.unite)} à partir du {format_date(date_effet)}"
    )
    record_act(acteur=acteur, acte="referentiel.add_valeur", objet=ajoutee, libelle=mots)
    _follow(cle, date_effet, jour)
    return ajoutee


@transaction.atomic
def correct_valeur(
    *,
    acteur: Any,
    jour: datetime.date,
    pk: int,
    version: int,
    raison: str,
    valeur: Decimal,
    date_effet: datetime.date,
    source: str,
    fiabilite: str,
    texte: Texte | None = None,
) -> Parametre:
    """Correct a value that has not begun; the reason is kept with it, not in the journal.

    Raises PermissionDenied, ValidationError by field or when it has begun, VersionPerimee.
    """
    ligne = _locked(acteur, jour, pk, version)
    cle = all_cles()[ligne.code]
    autres = list(Parametre.objects.kept().filter(code=ligne.code).exclude(pk=pk))
    saisie = {"valeur": valeur, "date_effet": date_effet, "source": source, "fiabilite": fiabilite}
    _check(cle, autres, saisie, texte, jour)
    avant = write_valeur(ligne.valeur, ligne.unite)
    champs = [nom for nom, typed in (saisie | {"texte": texte}).items() if getattr(ligne, nom) != typed]
    if not champs:
        return ligne
    for nom, typed in (saisie | {"texte": texte}).items():
        setattr(ligne, nom, typed)
    ligne.corrigee_parce_que = raison
    ligne.version += 1
    ligne.full_clean()
    ligne.save()
    forget_numbers()
    mots = f"{ligne.libelle} : {avant} → {write_valeur(valeur, ligne.unite)}"
    record_act(acteur=acteur, acte="referentiel.correct_valeur", objet=ligne, libelle=mots, champs=champs)
    _follow(cle, date_effet, jour)
    return ligne


@transaction.atomic
def withdraw_valeur(*, acteur: Any, jour: datetime.date, pk: int, version: int, raison: str) -> Parametre:
    """Withdraw a value that has not begun; the row stays with the reason.

    Raises PermissionDenied, ValidationError when it has begun, VersionPerimee.
    """
    ligne = _locked(acteur, jour, pk, version)
    ligne.retiree_parce_que = raison
    ligne.version += 1
    ligne.save()
    forget_numbers()
    mots = f"{ligne.libelle} : {write_valeur(ligne.valeur, ligne.unite)} retirée"
    record_act(acteur=acteur, acte="referentiel.withdraw_valeur", objet=ligne, libelle=mots)
    return ligne


def _locked(acteur: Any, jour: datetime.date, pk: int, version: int) -> Parametre:
    """The value, kept for this transaction, once it is known that it may still change."""
    ligne = Parametre.objects.select_for_update(of=("self",)).get(pk=pk)
    refuse_change(acteur, all_cles()[ligne.code].domaine)
    check_version(ligne, version)
    if has_begun(ligne.date_effet, jour):
        raise ValidationError(COMMENCEE)
    if ligne.retiree_parce_que:
        raise ValidationError("Cette valeur est déjà retirée.")
    return ligne


def _check(
    cle: Cle, gardees: Sequence[Parametre], saisie: dict[str, Any], texte: Texte | None, jour: datetime.date
) -> None:
    """Raise ValidationError by field unless the rule lets this value stand beside the others."""
    modele = gardees[0]
    commencees = [ligne.date_effet for ligne in gardees if has_begun(ligne.date_effet, jour)]
    refus = refuse_valeur(
        Saisie(
            valeur=saisie["valeur"],
            date_effet=saisie["date_effet"],
            fiabilite=saisie["fiabilite"],
            a_un_texte=texte is not None,
            unite=modele.unite,
            mini=cle.mini,
            maxi=cle.maxi,
            decimales=cle.decimales,
            en_vigueur_depuis=max(commencees, default=None),
            dates_prises=[ligne.date_effet for ligne in gardees],
            plancher=_limit(cle.superieur_a, saisie["date_effet"]),
            plafond=_limit(cle.inferieur_a, saisie["date_effet"]),
        )
    )
    if refus:
        raise ValidationError({champ: [phrase] for champ, phrase in refus})


def _limit(code: str, jour: datetime.date) -> Borne | None:
    """The limit that another parameter sets on this day."""
    autre = Parametre.objects.in_force(jour).filter(code=code).first() if code else None
    return None if autre is None else Borne(autre.libelle, autre.valeur)


def _follow(cle: Cle, date_effet: datetime.date, jour: datetime.date) -> None:
    """Queue the calculation that a change in force asks for; one to come waits for its day."""
    if cle.suite and has_begun(date_effet, jour):
        defer_once(tache=cle.suite)


def try_act(*, acte: Callable[..., Any]) -> Callable[..., None]:
    """Return the act as a trial: it raises what the act raises, and what it writes is taken back."""

    def trial(**arguments: Any) -> None:
        with transaction.atomic():
            acte(**arguments)
            transaction.set_rollback(True)
        forget_numbers()

    return trial
