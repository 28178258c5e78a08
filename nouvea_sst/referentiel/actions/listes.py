"""Adds, corrects, orders and puts aside the entries of small lists; nothing is ever deleted."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.catalogue import ListeEditable
from nouvea_sst.referentiel.perms import refuse_change
from nouvea_sst.referentiel.rules.codes import make_code
from nouvea_sst.referentiel.rules.rang import PAS, ranked


@transaction.atomic
def add_entree(*, acteur: Any, liste: ListeEditable, faits: Mapping[str, Any]) -> Any:
    """Add an entry at the end of a list; the same one sent twice is added once.

    A code left empty is made from the label. Raises PermissionDenied, ValidationError by field.
    """
    refuse_change(acteur, liste.domaine)
    entrees = liste.modele._default_manager
    propose = liste.code_propose if not faits.get(liste.code_propose) else ""
    faits = {nom: valeur for nom, valeur in faits.items() if nom != propose}
    connue = entrees.filter(**faits).first()
    if connue is not None:
        return connue
    ordre = 0
    if liste.ordonnee:
        ordre = (entrees.aggregate(dernier=Max("ordre"))["dernier"] or 0) + PAS
    entree = liste.modele(**faits, ordre=ordre)
    if propose:
        longueur = liste.modele._meta.get_field(propose).max_length
        pris = set(entrees.values_list(propose, flat=True))
        setattr(entree, propose, make_code(entree.libelle, longueur, pris))
    entree.full_clean()
    entree.save()
    record_act(acteur=acteur, acte="referentiel.add_entree", objet=entree)
    return entree


@transaction.atomic
def update_entree(
    *, acteur: Any, liste: ListeEditable, pk: int, version: int, faits: Mapping[str, Any]
) -> Any:
    """Correct an entry. Raises PermissionDenied, VersionPerimee, ValidationError by field."""
    entree = _locked(acteur, liste, pk, version)
    champs = [nom for nom, valeur in faits.items() if getattr(entree, nom) != valeur]
    if not champs:
        return entree
    for nom, valeur in faits.items():
        setattr(entree, nom, valeur)
    entree.version += 1
    entree.full_clean()
    entree.save()
    record_act(acteur=acteur, acte="referentiel.update_entree", objet=entree, champs=champs)
    return entree


@transaction.atomic
def set_actif(*, acteur: Any, liste: ListeEditable, pk: int, version: int, actif: bool) -> Any:
    """Offer an entry on entry again, or no longer; the records that hold it keep it.

    Asked twice it changes nothing more. Raises PermissionDenied, VersionPerimee.
    """
    refuse_change(acteur, liste.domaine)
    entree = liste.modele._default_manager.select_for_update(of=("self",)).get(pk=pk)
    if entree.actif == actif:
        return entree
    check_version(entree, version)
    entree.actif = actif
    entree.version += 1
    entree.save()
    acte = "referentiel.offer_entree" if actif else "referentiel.put_entree_aside"
    record_act(acteur=acteur, acte=acte, objet=entree, champs=["actif"])
    return entree


@transaction.atomic
def move_entree(*, acteur: Any, liste: ListeEditable, pk: int, rang: int) -> None:
    """Bring an entry to a rank of its list. Raises PermissionDenied, ValueError for one of another list."""
    refuse_change(acteur, liste.domaine)
    entrees = {e.pk: e for e in liste.modele._default_manager.select_for_update(of=("self",)).all()}
    bougees = []
    for cle, ordre in ranked(list(entrees), pk, rang).items():
        if entrees[cle].ordre != ordre:
            entrees[cle].ordre = ordre
            bougees.append(entrees[cle])
    if bougees:
        liste.modele._default_manager.bulk_update(bougees, ["ordre"])
        record_act(acteur=acteur, acte="referentiel.move_entree", objet=entrees[pk], champs=["ordre"])


def _locked(acteur: Any, liste: ListeEditable, pk: int, version: int) -> Any:
    """The entry, kept for this transaction."""
    refuse_change(acteur, liste.domaine)
    entree = liste.modele._default_manager.select_for_update(of=("self",)).get(pk=pk)
    check_version(entree, version)
    return entree


@transaction.atomic
def load_entrees(
    *, acteur: Any, jour: Any, crees: Any, modifies: Any, contexte: ListeEditable, progress: Any
) -> dict[str, int]:
    """Add the entries that a file brings at the end of their list, and give known ones their former code.

    Nothing is renamed nor put aside. Raises PermissionDenied.
    """
    liste, entrees = contexte, contexte.modele._default_manager
    if acteur is not None:
        refuse_change(acteur, liste.domaine)
    ordre = (entrees.aggregate(dernier=Max("ordre"))["dernier"] or 0) if liste.ordonnee else None
    a_coder = liste.ancien != "code" and any(c.name == "code" for c in liste.modele._meta.local_fields)
    pris = set(entrees.values_list("code", flat=True)) if a_coder else set()
    nouvelles = []
    for rang, ligne in enumerate(crees, start=1):
        faits = {
            **liste.neuves,
            **(liste.deduire(ligne.valeurs["libelle"]) if liste.deduire is not None else {}),
            liste.ancien: ligne.valeurs[liste.ancien],
            "libelle": ligne.valeurs["libelle"],
        }
        if a_coder:
            longueur = liste.modele._meta.get_field("code").max_length
            faits["code"] = make_code(faits["libelle"], longueur, pris)
            pris.add(faits["code"])
        nouvelles.append(
            liste.modele(**faits, ordre=0 if ordre is None else ordre + PAS * rang, source="Import")
        )
    entrees.bulk_create(nouvelles)
    changes = {ligne.pk: ligne.changements for ligne in modifies}
    connues = list(entrees.select_for_update(of=("self",)).filter(pk__in=changes).order_by("pk"))
    for entree in connues:
        setattr(entree, liste.ancien, changes[entree.pk][liste.ancien][1])
        entree.version += 1
    entrees.bulk_update(connues, [liste.ancien, "version"])
    progress(len(crees) + len(modifies))
    libelle = f"{liste.titre} : {len(crees)} créées, {len(modifies)} modifiées"
    record_act(acteur=acteur, acte="referentiel.load_entrees", libelle=libelle)
    return {}
