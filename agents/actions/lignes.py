"""Writes dated rows of agents that a file brings: affectations, absences and the like."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from agents.actions.references import PAR_LOT, add_references
from agents.models import Agent
from agents.perms import refuse_own_file
from nouvea_sst.comptes.journal import record_act, record_acts
from nouvea_sst.imports.moteur.plan import LignePlan
from nouvea_sst.imports.rules.cible import Reference
from nouvea_sst.travaux.actions import defer_followups

# What a row changes that takes away the one it speaks of.
RETRAIT = "retrait"


@transaction.atomic
def load_lignes(
    *,
    acteur: Any,
    jour: datetime.date,
    crees: Sequence[LignePlan],
    modifies: Sequence[LignePlan],
    contexte: Any,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Write the accepted rows, all or none; return what was added beside them.

    The journal gets a line for each agent touched, and one in all. Raises PermissionDenied when a row is
    about the account itself.
    """
    declaration = contexte.declaration
    retires = [ligne for ligne in modifies if RETRAIT in ligne.changements]
    changes_seuls = [ligne for ligne in modifies if RETRAIT not in ligne.changements]
    agents = _lock_agents({ligne.valeurs["agent"].cle for ligne in (*crees, *modifies)}, acteur)
    pks = add_references(lexiques=contexte.lexiques.values())
    _remove(declaration, retires, acteur)
    for debut in range(0, len(crees), PAR_LOT):
        lot = crees[debut : debut + PAR_LOT]
        declaration.modele._base_manager.bulk_create(_new(declaration, ligne, pks) for ligne in lot)
        progress(debut + len(lot))
    changes = _change(declaration, changes_seuls, pks)
    progress(len(crees) + len(modifies))
    record_acts(acteur=acteur, acte=declaration.acte, agents=((agent, changes) for agent in agents))
    libelle = f"{len(crees)} créés, {len(changes_seuls)} modifiés"
    libelle += f", {len(retires)} retirés" * bool(retires)
    record_act(acteur=acteur, acte=declaration.acte, libelle=libelle, champs=changes)
    if declaration.suites is not None:
        declaration.suites(acteur=acteur, jour=jour, agents=[agent.pk for agent in agents])
    defer_followups()
    return {
        lexique.titre: len(lexique.nouveaux) for lexique in contexte.lexiques.values() if lexique.nouveaux
    }


@transaction.atomic
def undo_lignes(
    *,
    declaration: Any,
    acteur: Any,
    crees: Mapping[type[Model], set[Any]],
    modifies: Mapping[type[Model], set[Any]],
) -> None:
    """Leave a journal line for each agent whose rows an undo gives back or removes.

    Raises PermissionDenied when the account's own rows are among them.
    """
    touchees = crees.get(declaration.modele, set()) | modifies.get(declaration.modele, set())
    lignes = declaration.modele._base_manager.filter(pk__in=touchees)
    agents = _lock_agents(set(lignes.values_list("agent_id", flat=True)), acteur)
    record_acts(acteur=acteur, acte=declaration.annulation, agents=((agent, []) for agent in agents))


def _lock_agents(pks: Collection[int], acteur: Any) -> list[Agent]:
    """Return these agents, their rows locked: entries about one agent take turns."""
    agents = list(Agent.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    for agent in agents:
        refuse_own_file(acteur, agent)
    return agents


def _written(declaration: Any) -> tuple[str, ...]:
    return (*declaration.stockes, *(["cle_import"] if declaration.origine else []))


def _new(declaration: Any, ligne: LignePlan, pks: Mapping[int | str, int]) -> Model:
    modele = declaration.modele
    valeurs = {
        modele._meta.get_field(nom).attname: _stored(modele, nom, ligne.valeurs[nom], pks)
        for nom in _written(declaration)
        if nom in ligne.valeurs
    }
    return modele(agent_id=ligne.valeurs["agent"].cle, **{**declaration.fixes, **valeurs})


def _stored(modele: type[Model], nom: str, valeur: Any, pks: Mapping[int | str, int]) -> Any:
    """Return what the column holds: a key for a reference, what it holds by itself where nothing is said."""
    if isinstance(valeur, Reference):
        return pks.get(valeur.cle, valeur.cle)
    champ: Any = modele._meta.get_field(nom)
    return champ.get_default() if valeur is None and not champ.null else valeur


def _remove(declaration: Any, lignes: Sequence[LignePlan], acteur: Any) -> None:
    """Take away the rows that the file cancels; each leaves its journal line.

    No link is followed: the database refuses to lose one that came after the confrontation.
    """
    manager = declaration.modele._base_manager
    pks = [ligne.pk for ligne in lignes]
    for objet in manager.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"):
        record_act(acteur=acteur, acte=declaration.retrait, objet=objet, agent=objet.agent)
    retirees = manager.filter(pk__in=pks)
    retirees._raw_delete(retirees.db)


def _change(declaration: Any, lignes: Sequence[LignePlan], pks: Mapping[int | str, int]) -> list[str]:
    """Write the new values of the rows changed; return the names of the fields."""
    modele = declaration.modele
    par_pk = {ligne.pk: ligne.changements for ligne in lignes}
    objets = list(
        modele._base_manager.select_for_update(of=("self",)).filter(pk__in=list(par_pk)).order_by("pk")
    )
    noms: set[str] = set()
    for objet in objets:
        for nom, (_, nouveau) in par_pk[objet.pk].items():
            setattr(objet, modele._meta.get_field(nom).attname, _stored(modele, nom, nouveau, pks))
            noms.add(nom)
        if hasattr(objet, "version"):
            objet.version += 1
    if noms:
        versions = ["version"] * hasattr(modele, "version")
        modele._base_manager.bulk_update(objets, [*sorted(noms), *versions], batch_size=PAR_LOT // 2)
    return sorted(noms)
