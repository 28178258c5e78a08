"""What an app declares of its small lists, in its own `listes.py`, named in settings.LISTES_REFERENTIEL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from nouvea_sst.lib.classes import is_historique
from nouvea_sst.referentiel.enums import Domaine


@dataclass(frozen=True)
class ListeEditable:
    """A small list: its words, its model, the fields that its form shows, who changes it.

    `fixes` are typed once, when an entry is added: the code or the law counts on them. `droit_nombre` is the
    right that reads how often an entry is used; without it one reads only whether it is.
    """

    cle: str
    titre: str
    nom: str
    texte: str
    modele: type[Any]
    domaine: Domaine
    champs: tuple[str, ...]
    droit_nombre: str
    ancien: str = "code_ancien"
    fixes: tuple[str, ...] = ()
    ordonnee: bool = True
    emplois: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lien:
    """Where the records of a model that use an entry are listed; {} in the address is the entry's key."""

    liste: str
    modele: str
    url: str
    parametres: str
    droit: str


@dataclass(frozen=True)
class Emplois:
    """How often the records of one model use an entry, and their list where there is one."""

    nom: str
    nombre: int
    lien: Lien | None = None


@dataclass(frozen=True)
class Catalogue:
    """Every list by key, and the links of each list by the label of the model that uses it."""

    listes: Mapping[str, ListeEditable] = field(default_factory=dict)
    liens: Mapping[tuple[str, str], Lien] = field(default_factory=dict)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """What the apps declare, in the order of the settings."""
    declares = [d for chemin in settings.LISTES_REFERENTIEL for d in import_string(chemin)]
    return Catalogue(
        {d.cle: d for d in declares if isinstance(d, ListeEditable)},
        {(d.liste, d.modele): d for d in declares if isinstance(d, Lien)},
    )


def relations_of(liste: ListeEditable) -> list[Any]:
    """The foreign keys that point at the entries of a list, those of the past left out."""
    return [
        lien
        for lien in liste.modele._meta.related_objects
        if lien.field.many_to_one and not is_historique(lien.related_model)
    ]


def with_uses(liste: ListeEditable, entrees: QuerySet) -> QuerySet:
    """Each entry with `emplois`, and `emplois_N` for each model that uses it: one query whatever the rows."""
    nombres = {}
    for rang, relation in enumerate(relations_of(liste)):
        champ = relation.field.name
        lignes = relation.related_model._default_manager.filter(**{champ: OuterRef("pk")}).order_by()
        compte = lignes.values(champ).annotate(n=Count("pk")).values("n")
        nombres[f"emplois_{rang}"] = Coalesce(Subquery(compte, output_field=IntegerField()), 0)
    total: Any = Value(0)
    for nom in nombres:
        total = total + F(nom)
    return entrees.annotate(**nombres).annotate(emplois=total)


def uses_of(liste: ListeEditable, entree: Any) -> list[Emplois]:
    """What uses an entry that went through with_uses, model by model."""
    return [
        Emplois(
            str(relation.related_model._meta.verbose_name_plural),
            getattr(entree, f"emplois_{rang}"),
            catalogue().liens.get((liste.cle, relation.related_model._meta.label_lower)),
        )
        for rang, relation in enumerate(relations_of(liste))
    ]
