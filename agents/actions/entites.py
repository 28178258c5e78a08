"""Writes the tree of services that a file brings."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from agents.actions.references import PAR_LOT
from agents.actions.structures import rebuild_paths
from agents.models import Structure
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.moteur.plan import LignePlan
from nouvea_sst.imports.rules.cible import Reference
from nouvea_sst.travaux.actions import defer_followups

SIMPLES = ("sigle", "libelle", "niveau", "code_ancien")
# Said of a new structure once it is there, or by the day on which it ends.
APRES = frozenset({"ouverte", "remplacee"})


@transaction.atomic
def load_entites(
    *,
    acteur: Any,
    jour: datetime.date,
    crees: Sequence[LignePlan],
    modifies: Sequence[LignePlan],
    contexte: Any,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Write the accepted structures, all or none; one that the file closes ends on `jour`.

    Parents that the file brings come before their children. Whose sigle is whose is looked at once all are
    written: one may take the sigle that another leaves.
    """
    _look_at_sigles("DEFERRED")
    changees = {
        s.pk: s
        for s in Structure.objects.select_for_update(of=("self",))
        .filter(pk__in=[ligne.pk for ligne in modifies])
        .order_by("pk")
    }
    paires = [(changees[ligne.pk], ligne.changements) for ligne in modifies if ligne.pk is not None]
    pks = _create(crees, jour)
    _tie_replaced(crees, pks)
    for structure, changements in paires:
        if changements.get("ouverte", (True, True))[1] is False:
            structure.date_fin = jour
        _set(structure, {nom: nouveau for nom, (_, nouveau) in changements.items()}, pks)
        structure.version += 1
    champs = [*SIMPLES, "parent", "remplace", "cle_import", "date_fin", "version"]
    Structure.objects.bulk_update(changees.values(), champs, batch_size=PAR_LOT)
    _look_at_sigles("IMMEDIATE")
    rebuild_paths()
    progress(len(crees) + len(modifies))
    libelle = f"{len(crees)} créées, {len(modifies)} modifiées"
    noms = sorted({nom for ligne in modifies for nom in ligne.changements})
    record_act(acteur=acteur, acte="agents.load_entites", libelle=libelle, champs=noms)
    defer_followups()
    return {}


def _look_at_sigles(quand: str) -> None:
    """Have the database look at the sigles at the end of what follows, or now and from now on."""
    with connection.cursor() as curseur:
        curseur.execute(f"SET CONSTRAINTS agents_structure_sigle {quand}")


def _create(lignes: Sequence[LignePlan], jour: datetime.date) -> dict[int | str, int]:
    """Write the new structures level by level, parents first; return their keys by reference."""
    pks: dict[int | str, int] = {}
    nouvelles = {ligne.valeurs["cle_import"].cle for ligne in lignes}
    restantes = list(lignes)
    while restantes:
        pretes = [ligne for ligne in restantes if _parent(ligne) not in nouvelles - pks.keys()]
        objets = []
        for ligne in pretes:
            structure = Structure(date_fin=None if ligne.valeurs["ouverte"] else jour)
            _set(structure, {n: v for n, v in ligne.valeurs.items() if n not in APRES and v is not None}, pks)
            objets.append(structure)
        for ligne, structure in zip(pretes, Structure.objects.bulk_create(objets), strict=True):
            pks[ligne.valeurs["cle_import"].cle] = structure.pk
        restantes = [ligne for ligne in restantes if ligne.valeurs["cle_import"].cle not in pks]
    return pks


def _tie_replaced(lignes: Sequence[LignePlan], pks: Mapping[int | str, int]) -> None:
    """Say of the new structures which ones they replace, once all of them are there."""
    liees = {
        pks[ligne.valeurs["cle_import"].cle]: _key_of(ligne.valeurs["remplacee"], pks)
        for ligne in lignes
        if ligne.valeurs.get("remplacee")
    }
    structures = list(Structure.objects.filter(pk__in=liees).order_by("pk"))
    for structure in structures:
        structure.remplace_id = liees[structure.pk]
    Structure.objects.bulk_update(structures, ["remplace"], batch_size=PAR_LOT)


def _key_of(reference: Reference | None, pks: Mapping[int | str, int]) -> Any:
    return None if reference is None else pks.get(reference.cle, reference.cle)


def _parent(ligne: LignePlan) -> int | str | None:
    parent = ligne.valeurs.get("parent")
    return parent.cle if parent else None


def _set(structure: Structure, valeurs: Mapping[str, Any], pks: Mapping[int | str, int]) -> None:
    """Put values of a file in a structure; a closed one that opens again has no end."""
    for nom in SIMPLES:
        if nom in valeurs:
            setattr(structure, nom, valeurs[nom])
    if "parent" in valeurs:
        structure.parent_id = _key_of(valeurs["parent"], pks)
    if "remplacee" in valeurs:
        structure.remplace_id = _key_of(valeurs["remplacee"], pks)
    if "cle_import" in valeurs:
        structure.cle_import = valeurs["cle_import"].cle
    if valeurs.get("ouverte"):
        structure.date_fin = None


@transaction.atomic
def undo_entites(
    *, acteur: Any, crees: Mapping[type[Model], set[Any]], modifies: Mapping[type[Model], set[Any]]
) -> None:
    """Have the paths follow what the undo of an import gave back."""
    rebuild_paths()
    touchees = len(crees.get(Structure, ())) + len(modifies.get(Structure, ()))
    record_act(acteur=acteur, acte="agents.undo_entites", libelle=f"{touchees} structures")
