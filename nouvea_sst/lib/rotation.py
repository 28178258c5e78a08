"""Seals values again under the key in use, lot by lot: cut short anywhere, it goes on where it stood."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from nouvea_sst.lib.chiffrement import seal, unseal
from nouvea_sst.lib.scelles import FORME, Colonne, ScelleRompu
from nouvea_sst.lib.trousseau import CleManquante, read_ring


@dataclass
class BilanRotation:
    """What was sealed again, and where a value does not open; it stays as it is."""

    refaites: int = 0
    fermees: list[str] = field(default_factory=list)


def reseal(colonne: Colonne, *, lot: int = 0) -> Iterator[BilanRotation]:
    """Seal again what an older key has sealed; each lot is a transaction, told once it stands.

    A row that somebody writes meanwhile waits for the end of its lot, or the lot waits for it.
    """
    bilan = BilanRotation()
    dernier: Any = None
    while True:
        with transaction.atomic():
            lignes = list(_behind(colonne, apres=dernier)[: lot or colonne.champ.lot])
            for objet in lignes:
                _reseal_row(colonne, objet, bilan)
        if not lignes:
            return
        dernier = lignes[-1].pk
        yield bilan


def _behind(colonne: Colonne, *, apres: Any) -> models.QuerySet[Any]:
    """Return the rows after this one that the key in use has not sealed, held until the transaction ends."""
    courante = read_ring(colonne.champ.classe).courante
    lignes = colonne.modele._base_manager.filter(**{f"{colonne.champ.name}__isnull": False})
    if apres is not None:
        lignes = lignes.filter(pk__gt=apres)
    lignes = lignes.annotate(entete=colonne.champ.head()).exclude(entete=f"{FORME}.{courante}.")
    return lignes.only("pk", colonne.champ.ligne, colonne.champ.name).order_by("pk").select_for_update()


def _reseal_row(colonne: Colonne, objet: models.Model, bilan: BilanRotation) -> None:
    champ = colonne.champ.name
    try:
        seal(objet, champ, unseal(objet, champ))
    except (CleManquante, ScelleRompu) as erreur:
        bilan.fermees.append(str(erreur))
        return
    colonne.modele._base_manager.filter(pk=objet.pk).update(**{champ: getattr(objet, champ)})
    bilan.refaites += 1


def closed_values(colonnes: Iterable[Colonne]) -> list[str]:
    """Open every value of these columns; return a French sentence for each that does not open."""
    phrases = []
    for colonne in colonnes:
        champ = colonne.champ.name
        lignes = colonne.modele._base_manager.filter(**{f"{champ}__isnull": False}).order_by("pk")
        for objet in lignes.only("pk", colonne.champ.ligne, champ).iterator(chunk_size=colonne.champ.lot):
            try:
                unseal(objet, champ)
            except (CleManquante, ScelleRompu) as erreur:
                phrases.append(str(erreur))
    return phrases
