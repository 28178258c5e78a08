"""What each page costs on the database at hand: statements, bytes, time.

Every page is asked for through the whole stack (session, account, rights, consultation line) as a role that
opens it. All of it happens inside one transaction that is taken back: nothing stays.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client

from nouvea_sst.comptes.enums import EtatCompte, Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.pages_mesurees import Page

SQL_MAX = 15
OCTETS_MAX = 150_000


class MesureImpossible(Exception):
    """A page that did not answer as it should; the message says which, in French."""


@dataclass(frozen=True)
class Mesure:
    """The cost of one page; times are those of this process and its database, on this machine, now."""

    page: str
    sql: int
    octets: int
    mediane_ms: float
    p95_ms: float
    cpu_ms: float

    def fits(self, page: Page) -> bool:
        """Whether the page stays within what an HTML page may cost; other pages have no limit."""
        return not page.html or (self.sql <= SQL_MAX and self.octets <= OCTETS_MAX)


OUVRE, RECULE, FERME = "SAVEPOINT", "ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT"


class Compteur:
    """Keeps the statements sent to the database while it is open, those about an inner savepoint included.

    The outermost savepoint is left out, its way back too: inside a transaction that is taken back, that of a
    measure or of a test, it stands for the page's own BEGIN and COMMIT. One rule for both.
    """

    def __init__(self) -> None:
        self.textes: list[str] = []
        self.ouverts = 0
        self._pose = connection.execute_wrapper(self._note)

    def __enter__(self) -> Self:
        self._pose.__enter__()
        return self

    def __exit__(self, *fin: Any) -> None:
        self._pose.__exit__(*fin)

    def __len__(self) -> int:
        return len(self.textes)

    def __str__(self) -> str:
        return "\n".join(texte[:200] for texte in self.textes)

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.ouverts += sql.startswith(OUVRE)
        if self.ouverts != 1 or not sql.startswith((OUVRE, RECULE, FERME)):
            self.textes.append(sql)
        self.ouverts -= sql.startswith(FERME)
        return execute(sql, params, many, context)


@contextmanager
def leave_nothing() -> Iterator[None]:
    """Take back whatever the block writes: sessions, consultation lines, an edition."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def measure(page: Page, tours: int) -> Mesure:
    """Ask once to warm the caches, then as often as asked; call it inside leave_nothing()."""
    ask = _make_request(page)
    ask()
    durees, cpus, sql, octets = [], [], 0, 0
    for _tour in range(max(1, min(tours, page.tours_max))):
        debut, cpu = time.perf_counter(), time.process_time()
        with Compteur() as compteur:
            octets = ask()
        sql = len(compteur)
        durees.append((time.perf_counter() - debut) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return Mesure(
        page=page.nom,
        sql=sql,
        octets=octets,
        mediane_ms=round(statistics.median(durees), 1),
        p95_ms=round(_percentile(durees, 0.95), 1),
        cpu_ms=round(statistics.median(cpus), 1),
    )


def statements(page: Page) -> list[str]:
    """Return the statements of one warm call, to be read or explained; call it inside leave_nothing()."""
    ask = _make_request(page)
    ask()
    with Compteur() as compteur:
        ask()
    return compteur.textes


def _make_request(page: Page) -> Callable[[], int]:
    """Return what asks for the page once and says how many bytes came."""
    if page.fabrique is not None:
        return page.fabrique
    client = Client()
    client.force_login(_account(page.role))
    hote = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")

    def ask() -> int:
        reponse = client.get(page.adresse, secure=True, headers={"host": hote})
        if reponse.status_code != 200:
            raise MesureImpossible(f"La page « {page.nom} » a répondu {reponse.status_code}.")
        return len(reponse.content)

    return ask


def _account(role: Role) -> Utilisateur:
    """Return the first open account of the role; without any, one for the time of the measure."""
    ouverts = Utilisateur.objects.in_state(EtatCompte.OUVERT)
    connu = ouverts.filter(role=role).order_by("pk").first()
    if connu is not None:
        return connu
    passager = Utilisateur(username=f"mesure-{role}", role=role)
    passager.approuve_le = passager.date_joined
    passager.save()
    passager.groups.add(Group.objects.get(name=role.value))
    return passager


def _percentile(valeurs: list[float], part: float) -> float:
    """Nearest rank: the smallest value that at least this share of the calls does not exceed."""
    rangees = sorted(valeurs)
    return rangees[max(0, -int(-part * len(rangees) // 1) - 1)]
