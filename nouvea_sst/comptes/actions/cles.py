"""Acts on the keys of encryption: one added, values brought under it, the older ones taken away."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.rotation import BilanRotation, closed_values, reseal
from nouvea_sst.lib.scelles import Colonne
from nouvea_sst.lib.trousseau import add_key, file_of, keep_current, read_ring


class RetraitImpossible(RuntimeError):
    """Values still ask for the keys that were to go, or do not open; `phrases` says which."""

    def __init__(self, phrases: list[str]) -> None:
        super().__init__(" ".join(phrases))
        self.phrases = phrases


def open_key(*, acteur: Any, classe: Classe) -> str:
    """Add the key that encrypts from now on; return its name. The first of a class precedes the database."""
    if not file_of(classe).exists():
        return add_key(classe)
    with acting(acteur), transaction.atomic():
        record_act(acteur=acteur, acte="comptes.open_key", libelle=f"classe {classe}")
        return add_key(classe)


def bring_under_key(
    *,
    acteur: Any,
    classe: Classe,
    colonnes: Iterable[Colonne],
    lot: int = 0,
    dire: Callable[[Colonne, BilanRotation], None] = lambda *_: None,
) -> list[BilanRotation]:
    """Seal again, lot by lot, what older keys of the class have sealed; `dire` hears of each lot.

    Nothing to do leaves no line. Raises CleManquante.
    """
    bilans = []
    for colonne in colonnes:
        for bilan in reseal(colonne, lot=lot):
            dire(colonne, bilan)
            if bilan not in bilans:
                bilans.append(bilan)
    if bilans:
        with acting(acteur), transaction.atomic():
            record_act(acteur=acteur, acte="comptes.bring_under_key", libelle=f"classe {classe}")
    return bilans


def retire_keys(*, acteur: Any, classe: Classe, colonnes: Iterable[Colonne]) -> list[str]:
    """Take away the older keys of a class once every value opens under the last one; return their names.

    Writers wait meanwhile. Raises RetraitImpossible, CleManquante.
    """
    colonnes = list(colonnes)
    with acting(acteur), _held_still(colonnes):
        courante = read_ring(classe).courante
        phrases = closed_values(colonnes) + [
            f"{colonne} a encore des valeurs sous la clé {nom} : {nombre}."
            for colonne in colonnes
            for nom, nombre in colonne.keys_in_use().items()
            if nom != courante
        ]
        if phrases:
            raise RetraitImpossible(phrases)
        record_act(acteur=acteur, acte="comptes.retire_keys", libelle=f"classe {classe}")
        return keep_current(classe)


@contextmanager
def _held_still(colonnes: list[Colonne]) -> Iterator[None]:
    """Let nobody write the tables of these columns: a writer under way is waited for."""
    tables = sorted({connection.ops.quote_name(c.modele._meta.db_table) for c in colonnes})
    with transaction.atomic():
        if tables:
            with connection.cursor() as curseur:
                curseur.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE")
        yield
