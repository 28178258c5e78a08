"""Asks every app's contradictions: how many rows each has for an account, and which."""

import datetime
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.module_loading import import_string

from nouvea_sst.lib.contradictions import Contradiction, Gravite
from reporting.jour.compteurs import count_rows
from reporting.models import ContradictionEcartee


@dataclass(frozen=True)
class Compte:
    """A contradiction with the number of its rows, and of those set aside."""

    contradiction: Contradiction
    nombre: int
    ecartees: int


@dataclass(frozen=True)
class Groupe:
    """The contradictions of one gravity that have rows."""

    gravite: Gravite
    comptes: Sequence[Compte]

    @property
    def total(self) -> int:
        """All their rows."""
        return sum(compte.nombre for compte in self.comptes)


def declared() -> list[Contradiction]:
    """Every contradiction of the house, in the order of the apps."""
    return [c for chemin in settings.CONTRADICTIONS for c in import_string(chemin)()]


def open_to(user: Any) -> list[Contradiction]:
    """Those whose rows this account may see."""
    return [c for c in declared() if all(user.has_perm(droit) for droit in c.droits)]


def find(user: Any, code: str) -> Contradiction | None:
    """The contradiction of this code, if it is open to the account."""
    return next((c for c in open_to(user) if c.code == code), None)


def rows_to_treat(contradiction: Contradiction, user: Any, jour: datetime.date) -> QuerySet:
    """Its rows, without those set aside."""
    siennes = ContradictionEcartee.objects.keys_of(contradiction.code)
    return contradiction.question(user, jour).exclude(pk__in=siennes)


def rows_set_aside(contradiction: Contradiction, user: Any, jour: datetime.date) -> QuerySet:
    """Its rows that are set aside and still contradict."""
    siennes = ContradictionEcartee.objects.keys_of(contradiction.code)
    return contradiction.question(user, jour).filter(pk__in=siennes)


def with_reasons(lignes: QuerySet, code: str) -> QuerySet:
    """Rows set aside, with why, by whom and when."""
    sienne = ContradictionEcartee.objects.in_force().filter(code=code, cle=OuterRef("pk")).order_by()
    return lignes.annotate(
        ecart=Subquery(sienne.values("pk")[:1]),
        ecart_version=Subquery(sienne.values("version")[:1]),
        ecart_raison=Subquery(sienne.values("raison")[:1]),
        ecart_par=Subquery(sienne.values("ecartee_par__last_name")[:1]),
        ecart_le=Subquery(sienne.values("ecartee_le")[:1]),
    )


def count_to_treat(user: Any, jour: datetime.date, ecartees: Container[str] = ()) -> list[Compte]:
    """Count the rows of every contradiction open to the account, in one question.

    Of those of these codes the rows set aside too.
    """
    ouvertes = open_to(user)
    questions = {c.code: rows_to_treat(c, user, jour) for c in ouvertes}
    questions |= {f"{c.code} -": rows_set_aside(c, user, jour) for c in ouvertes if c.code in ecartees}
    nombres = count_rows(user, questions)
    return [Compte(c, nombres[c.code], nombres.get(f"{c.code} -", 0)) for c in ouvertes]


def count_all(user: Any, jour: datetime.date) -> list[Compte]:
    """Count all rows, those set aside apart: two questions."""
    ecartees = ContradictionEcartee.objects.in_force().order_by()
    return count_to_treat(user, jour, set(ecartees.values_list("code", flat=True).distinct()))


def count_one(contradiction: Contradiction, user: Any, jour: datetime.date) -> Compte:
    """Count the rows of one contradiction, in one question."""
    nombres = count_rows(
        user,
        {
            "reste": rows_to_treat(contradiction, user, jour),
            "ecartees": rows_set_aside(contradiction, user, jour),
        },
    )
    return Compte(contradiction, nombres["reste"], nombres["ecartees"])


def total_of(comptes: Iterable[Compte]) -> int:
    """All the rows to treat."""
    return sum(compte.nombre for compte in comptes)


def group_counts(comptes: Sequence[Compte]) -> list[Groupe]:
    """Put those with rows together by gravity, the worst first, the longest first in each."""
    groupes = []
    for gravite in Gravite:
        siens = [c for c in comptes if c.contradiction.gravite is gravite and (c.nombre or c.ecartees)]
        if siens:
            groupes.append(Groupe(gravite, sorted(siens, key=lambda c: -c.nombre)))
    return groupes
