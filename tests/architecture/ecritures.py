"""Which tables a piece of code writes, counted by PostgreSQL itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# Reads leave a consultation line, keep their session and count in the cache.
ADMISES = {"comptes_lignejournal", "comptes_sessioncompte", "cache_partage"}
COMPTEURS = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"


def writes_so_far() -> dict[str, int]:
    """Rows written in each table since the transaction began, those rolled back included."""
    with connection.cursor() as curseur:
        curseur.execute(COMPTEURS)
        return dict(curseur.fetchall())


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """Fill a set with the tables that the block writes, the admitted ones left out."""
    tables: set[str] = set()
    avant = writes_so_far()
    yield tables
    tables.update(t for t, n in writes_so_far().items() if n > avant.get(t, 0) and t not in ADMISES)
