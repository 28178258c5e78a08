"""Questions about reference data, each for a given day."""

import datetime
from collections.abc import Iterable
from contextvars import ContextVar
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from nouvea_sst.comptes.contexte import requete_en_cours
from nouvea_sst.lib.texte import fold
from nouvea_sst.lib.texte_base import Plie
from nouvea_sst.referentiel.cles import Cle, all_cles, seed_of

# What this request has read already: which request, which day, the numbers. An act on values forgets it.
_nombres_lus: ContextVar[tuple[str, datetime.date | None, dict[str, Decimal]]] = ContextVar(
    "nombres_lus", default=("", None, {})
)


def forget_numbers() -> None:
    """Have the next question read the values again."""
    _nombres_lus.set(("", None, {}))


def _declared(champ: str) -> Case:
    """What the reader of each code declares, as a column."""
    quand = [When(code=cle.code, then=Value(str(getattr(cle, champ)))) for cle in all_cles().values()]
    return Case(*quand, default=Value(""), output_field=CharField())


def _rank() -> Case:
    """The place of each code among those that the apps declare."""
    quand = [When(code=code, then=Value(rang)) for rang, code in enumerate(all_cles())]
    return Case(*quand, default=Value(len(quand)), output_field=IntegerField())


def holding(lignes: models.QuerySet, texte: str, *champs: str) -> models.QuerySet:
    """Rows that hold every word of the text in one of these columns; accents and case are ignored."""
    trouvees = lignes.alias(**{f"plie_{champ}": Plie(Coalesce(champ, Value(""))) for champ in champs})
    for mot in fold(texte.replace("\0", " ")).split():
        trouvees = trouvees.filter(
            Q(*((f"plie_{champ}__contains", mot) for champ in champs), _connector=Q.OR)
        )
    return trouvees


class ParametreQuerySet(models.QuerySet):
    """Dated values."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may read the reference data."""
        return self.all() if user.has_perm("referentiel.view_parametre") else self.none()

    def search(self, texte: str) -> Self:
        """By the words of the label, the source or the text."""
        trouves: Any = holding(self, texte, "libelle", "source", "texte__reference")
        return trouves

    def kept(self) -> Self:
        """Values that were not withdrawn."""
        return self.filter(retiree_parce_que="")

    def of(self, cles: Iterable[Cle]) -> Self:
        """Values of these keys."""
        return self.filter(code__in=[cle.code for cle in cles])

    def in_force(self, jour: datetime.date) -> Self:
        """The value of each code that applies on this day: one row per code."""
        return self.kept().filter(date_effet__lte=jour).order_by("code", "-date_effet").distinct("code")

    def in_order(self) -> Self:
        """Rows of listed_on(), subject after subject."""
        return self.order_by("rang", "pk")

    def subjects(self) -> list[str]:
        """Subject of each row of listed_on()."""
        return list(self.order_by().values_list("sujet", flat=True))

    def listed_on(self, jour: datetime.date) -> Self:
        """One row a parameter, the value in force, with its subject, its domain and its next value."""
        tous = type(self)(self.model)
        suite = tous.to_come(jour).filter(code=OuterRef("code"))
        return self.filter(pk__in=tous.in_force(jour).values("pk")).annotate(
            sujet=_declared("sujet"),
            domaine=_declared("domaine"),
            rang=_rank(),
            suivante=Subquery(suite.values("valeur")[:1]),
            suivante_le=Subquery(suite.values("date_effet")[:1]),
        )

    def to_come(self, jour: datetime.date) -> Self:
        """Values that begin after this day, soonest first."""
        return self.kept().filter(date_effet__gt=jour).order_by("date_effet", "pk")

    def numbers_on(self, jour: datetime.date, cles: Iterable[Cle]) -> dict[str, Decimal]:
        """The number in force of each key, the seed's where no row was loaded. One query a request."""
        requete, gardes = requete_en_cours.get(), _nombres_lus.get()
        if not requete or gardes[:2] != (requete, jour):
            gardes = (requete, jour, dict(self.in_force(jour).values_list("code", "valeur")))
            _nombres_lus.set(gardes)
        lus = gardes[2]
        return {cle.code: lus.get(cle.code, seed_of(cle.code)) for cle in cles}

    def number_on(self, jour: datetime.date, cle: Cle) -> int:
        """The whole number in force of one key; the seed's where no row was loaded."""
        return int(self.numbers_on(jour, [cle])[cle.code])


class TexteQuerySet(models.QuerySet):
    """Texts."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may read the reference data."""
        return self.all() if user.has_perm("referentiel.view_parametre") else self.none()

    def search(self, texte: str) -> Self:
        """By the words of the reference, the title or what the text founds."""
        trouves: Any = holding(self, texte, "reference", "titre", "fonde")
        return trouves

    def with_uses(self) -> Self:
        """Each with the number of values that name it."""
        return self.annotate(emplois=models.Count("valeurs"))


class JourFerieQuerySet(models.QuerySet):
    """Days off."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may read the reference data."""
        return self.all() if user.has_perm("referentiel.view_parametre") else self.none()

    def kept(self) -> Self:
        """Days that were not withdrawn."""
        return self.filter(retire_parce_que="")

    def between(self, debut: datetime.date, fin: datetime.date) -> set[datetime.date]:
        """Days off from debut to fin, both included."""
        return set(self.kept().filter(date__range=(debut, fin)).values_list("date", flat=True))

    def name_of(self, jour: datetime.date) -> str:
        """Name of the day off that this day is; empty on any other day."""
        return self.kept().filter(date=jour).values_list("libelle", flat=True).first() or ""


class EntreeQuerySet(models.QuerySet):
    """Entries of a small list."""

    def offered(self, actuelle: int | None = None) -> Self:
        """Those offered on entry, and the one that the record holds already."""
        return self.filter(Q(actif=True) | Q(pk=actuelle))
