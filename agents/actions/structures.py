"""Acts on the tree of structures; path and direction of every node follow."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agents.enums import NiveauStructure
from agents.models import Poste, Structure
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.moteur.plan import LignePlan
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_followups


@transaction.atomic
def create_structure(
    *,
    acteur: Any,
    sigle: str,
    libelle: str,
    niveau: str,
    parent: Structure | None = None,
    code_ancien: str = "",
    date_debut: datetime.date | None = None,
) -> Structure:
    """Open a structure under another. Raises ValidationError when an open one has this sigle."""
    structure = Structure(
        sigle=sigle,
        libelle=libelle,
        niveau=niveau,
        parent=parent,
        code_ancien=code_ancien,
        date_debut=date_debut,
    )
    structure.full_clean(exclude=["chemin"])
    structure.save()
    rebuild_paths()
    structure.refresh_from_db()
    record_act(acteur=acteur, acte="agents.create_structure", objet=structure)
    return structure


@transaction.atomic
def update_structure(
    *,
    acteur: Any,
    structure_id: int,
    version: int,
    sigle: str,
    libelle: str,
    niveau: str,
    parent: Structure | None,
    date_fin: datetime.date | None = None,
) -> Structure:
    """Rename a structure, move it under another, close it; what stands below moves along.

    Raises VersionPerimee; ValidationError when it would stand under itself or close over open ones.
    """
    structure = Structure.objects.select_for_update(of=("self",)).get(pk=structure_id)
    check_version(structure, version)
    if parent and parent.chemin.startswith(structure.chemin):
        raise ValidationError({"parent": "Une structure ne peut pas dépendre d’elle-même."})
    if date_fin and structure.enfants.filter(date_fin__isnull=True).exists():
        raise ValidationError({"date_fin": "Fermez d’abord les structures qui en dépendent."})
    structure.sigle, structure.libelle, structure.niveau = sigle, libelle, niveau
    structure.parent, structure.date_fin = parent, date_fin
    structure.version += 1
    structure.full_clean(exclude=["chemin"])
    structure.save()
    rebuild_paths()
    structure.refresh_from_db()
    record_act(acteur=acteur, acte="agents.update_structure", objet=structure)
    return structure


def rebuild_paths() -> int:
    """Recompute path and direction of every structure inside the act of the caller; return how many changed.

    The direction is the nearest node of that level, the structure itself included.
    """
    noeuds = list(Structure.objects.order_by("pk"))
    enfants: dict[int | None, list[Structure]] = {}
    for noeud in noeuds:
        enfants.setdefault(noeud.parent_id, []).append(noeud)
    changes = []
    pile: list[tuple[Structure, str, int | None]] = [(noeud, "", None) for noeud in enfants.get(None, [])]
    while pile:
        noeud, chemin, direction_id = pile.pop()
        chemin = f"{chemin}{noeud.pk}/"
        if noeud.niveau == NiveauStructure.DIRECTION:
            direction_id = noeud.pk
        if (noeud.chemin, noeud.direction_id) != (chemin, direction_id):
            noeud.chemin, noeud.direction_id = chemin, direction_id
            changes.append(noeud)
        pile += [(enfant, chemin, direction_id) for enfant in enfants.get(noeud.pk, [])]
    return Structure.objects.bulk_update(changes, ["chemin", "direction"], batch_size=500)


@transaction.atomic
def load_postes(
    *,
    acteur: Any,
    jour: datetime.date,
    crees: Sequence[LignePlan],
    modifies: Sequence[LignePlan],
    contexte: Any,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Write the accepted rows of a list of posts, all or none; the due dates of their agents follow."""
    Poste.objects.bulk_create(
        Poste(intitule=ligne.valeurs["intitule"], categorie_suivi=ligne.valeurs["categorie_suivi"])
        for ligne in crees
    )
    suivis = {ligne.pk: ligne.valeurs["categorie_suivi"] for ligne in modifies}
    connus = list(Poste.objects.select_for_update().filter(pk__in=list(suivis)).order_by("pk"))
    for poste in connus:
        poste.categorie_suivi = suivis[poste.pk]
        poste.version += 1
    Poste.objects.bulk_update(connus, ["categorie_suivi", "version"])
    progress(len(crees) + len(modifies))
    record_act(
        acteur=acteur, acte="agents.load_postes", libelle=f"{len(crees)} créés, {len(modifies)} modifiés"
    )
    defer_followups()
    return {}


@transaction.atomic
def update_poste(*, acteur: Any, poste_id: int, version: int, intitule: str, categorie_suivi: str) -> Poste:
    """Rename a post or change the follow-up that it asks for; the due dates of its agents follow.

    Raises VersionPerimee; ValidationError when another post has this title.
    """
    poste = Poste.objects.select_for_update().get(pk=poste_id)
    check_version(poste, version)
    poste.intitule, poste.categorie_suivi = " ".join(intitule.split()), categorie_suivi
    poste.version += 1
    poste.full_clean()
    poste.save()
    record_act(acteur=acteur, acte="agents.update_poste", objet=poste)
    defer_followups()
    return poste
