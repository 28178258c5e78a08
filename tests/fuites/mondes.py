"""A second world, which differs from the city only in what one role may not read."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import models

from tests.fuites.attendus import GROUPES, LIGNES
from tests.fuites.canaris import MARQUE, PLACES, spell
from tests.fuites.juge import GERANTS, PERSONNES
from tests.fuites.jumeaux import JUMEAUX
from tests.fuites.ville import Ville

# Refused by triggers: the journal, the packs, what was signed in a note stay what they are in both worlds.
FIGES = {
    "comptes.LigneJournal",
    "reporting.Edition",
    *(f"visites.{m}Note{qui}" for m in ("Version", "Piece") for qui in ("Soignant", "Psychologue")),
    "visites.VersionEchange",
    "visites.PieceEchange",
}
AN = datetime.timedelta(days=366)


def hidden_fields(role: str, place: str) -> Iterator[tuple[str, Any]]:
    """Return the fields that this role may not read in this place; a twin with its second value."""
    for champ, groupe in GROUPES.items():
        if role in GERANTS and champ in PERSONNES:
            continue  # reads every name in the list of accounts: another name is no secret kept from it
        if place[0] not in LIGNES[groupe][role] and champ.rpartition(".")[0] not in FIGES:
            yield champ, None
    for champ, (groupe, valeur) in JUMEAUX.items():
        if place[0] not in LIGNES[groupe][role]:
            yield champ, valeur


def hidden_values(ville: Ville, role: str) -> dict[str, Any]:
    """Return one canary of each field that this role may not read, as it stands in the first world."""
    caches = {champ for place in PLACES for champ, _ in hidden_fields(role, place)}
    return {
        canari.champ: canari.valeur
        for canari in ville.voliere.tous
        if canari.champ in caches and canari.place[0] not in LIGNES[GROUPES[canari.champ]][role]
    }


def change_world(ville: Ville, role: str, *, autre: bool) -> int:
    """Give everything that the role may not read its second value; return how many values changed.

    Without `autre` each value is written again as it is: rows that a sort holds for equal then come in the
    same order in both worlds, which is the order of their writing.
    """
    changes = 0
    for place in PLACES:
        for champ, valeur in hidden_fields(role, place):
            modele, _, colonne = champ.rpartition(".")
            objets = list(ville.dossiers[place].objets.get(modele, []))
            if place == "ailleurs":
                objets += ville.communs.objets.get(modele, [])
            # One's own job stands among those of the house.
            objets = [objet for objet in objets if objet not in (ville.travail, ville.vue, *ville.siennes)]
            changes += sum(change(objet, colonne, valeur, autre) for objet in objets)
    return changes


def change(objet: Any, colonne: str, valeur: Any, autre: bool) -> int:
    """Write the second value of a column; of a link, rename what it points at."""
    champ, ancienne = objet._meta.get_field(colonne), getattr(objet, colonne)
    if isinstance(champ, models.ForeignKey | models.ManyToManyField) and valeur is None:
        return rename(ancienne, champ, autre)
    neuve = second_value(champ, ancienne) if valeur is None else valeur
    if ancienne is None or ancienne == "" or neuve is None:
        return 0
    return type(objet)._default_manager.filter(pk=objet.pk).update(**{colonne: neuve if autre else ancienne})


def second_value(champ: Any, ancienne: Any) -> Any:
    """Return another value of the same kind: a year later, other letters, the next number."""
    if isinstance(ancienne, datetime.date):
        return ancienne + AN
    if isinstance(ancienne, str) and MARQUE in ancienne.lower():
        return spell(f"{champ} second", ancienne, len(ancienne))
    if champ.name == "matricule":
        return f"{int(ancienne) + 500_000}"
    return None


def rename(ancienne: Any, champ: Any, autre: bool) -> int:
    """Give what a link points at another name, where its name is a canary."""
    cibles = list(ancienne.all()) if isinstance(champ, models.ManyToManyField) else [ancienne]
    nombre = 0
    for cible in filter(None, cibles):
        for colonne in ("last_name", "libelle", "nom"):
            if MARQUE in str(getattr(cible, colonne, "")).lower():
                nom = spell(f"{champ} second", str(cible.pk)) if autre else getattr(cible, colonne)
                nombre += type(cible)._default_manager.filter(pk=cible.pk).update(**{colonne: nom})
    return nombre
