"""What an app declares of its small lists, in its own `listes.py`, named in settings.LISTES_REFERENTIEL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from nouvea_sst.lib.classes import is_historique
from nouvea_sst.referentiel.enums import Domaine


@dataclass(frozen=True)
class ListeEditable:
    """A small list: its words, its model, the fields that its form shows, who changes it.

    `aides` says what a field is for. `code_propose` is the field that add_entree fills from the label when it
    is left empty: a code that nobody reads is not worth inventing.
    `fixes` are typed once, when an entry is added: the code or the law counts on them. `droit_nombre` is the
    right that reads how often an entry is used; without it one reads only whether it is.
    `fichier` is what the former software calls the list, `entetes` its columns of number and label; `neuves`
    is what an entry that a file brings gets beside them, and `deduire` what its label says of it. A list that
    the former software did not have has no `ancien`. `proposee` says what an entry offered or put aside does,
    and `de_cote` what putting it aside will change.
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
    aides: Mapping[str, str] = field(default_factory=dict)
    code_propose: str = ""
    fichier: str = ""
    entetes: tuple[str, str] = ("", "")
    neuves: Mapping[str, Any] = field(default_factory=dict)
    deduire: Callable[[str], Mapping[str, Any]] | None = None
    proposee: tuple[str, str] = (
        "Proposée à la saisie.",
        "N’est plus proposée à la saisie ; ce qui la porte la garde.",
    )
    de_cote: str = "Elle ne sera plus proposée à la saisie."


@dataclass(frozen=True)
class Lien:
    """Where the records of a model that use an entry are listed; {} in the address is the entry's key."""

    liste: str
    modele: str
    url: str
    parametres: str
    droit: str


@dataclass(frozen=True)
class Page:
    """A page of an app where other dated reference data is read and changed; `url` names it."""

    titre: str
    texte: str
    url: str


@dataclass(frozen=True)
class Emplois:
    """How often the records of one model use an entry, and their list where there is one."""

    nom: str
    nombre: int
    lien: Lien | None = None


@dataclass(frozen=True)
class Catalogue:
    """Every list by key, the links of each list by the label of the model that uses it, further pages."""

    listes: Mapping[str, ListeEditable] = field(default_factory=dict)
    liens: Mapping[tuple[str, str], Lien] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """What the apps declare, in the order of the settings."""
    declares = [d for chemin in settings.LISTES_REFERENTIEL for d in import_string(chemin)]
    return Catalogue(
        {d.cle: d for d in declares if isinstance(d, ListeEditable)},
        {(d.liste, d.modele): d for d in declares if isinstance(d, Lien)},
        tuple(d for d in declares if isinstance(d, Page)),
    )


def relations_of(liste: ListeEditable) -> list[Any]:
    """The foreign keys that point at the entries of a list, those of the past left out."""
    return [
        lien
        for lien in liste.modele._meta.related_objects
        if lien.field.many_to_one and not is_historique(lien.related_model)
    ]


def count_entrees() -> dict[str, tuple[int, int]]:
    """Return by key how many entries each list offers and how many are put aside: one query for all lists."""
    questions = [
        liste.modele._default_manager.order_by()
        .annotate(cle=Value(cle, output_field=CharField()))
        .values("cle")
        .annotate(actives=Count("pk", filter=Q(actif=True)), cote=Count("pk", filter=Q(actif=False)))
        .values_list("cle", "actives", "cote")
        for cle, liste in catalogue().listes.items()
    ]
    vides = dict.fromkeys(catalogue().listes, (0, 0))
    if not questions:
        return vides
    return vides | {
        cle: (actives, cote) for cle, actives, cote in questions[0].union(*questions[1:], all=True)
    }


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
