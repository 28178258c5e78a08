"""Ranges of local hours in PostgreSQL, for the constraints that let nobody be in two places."""

from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import Func


class Creneau(Func):
    """From an hour of a day, for so many minutes: Creneau("date", "heure", "duree"). None of them null."""

    arity = 3
    output_field = DateTimeRangeField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **options: Any) -> Any:
        """Write « tsrange(day + hour, day + hour + minutes) », the end left out."""
        jour, heure, minutes = (compiler.compile(e) for e in self.get_source_expressions())
        debut, valeurs = f"{jour[0]} + {heure[0]}", (*jour[1], *heure[1])
        sql = f"tsrange({debut}, {debut} + {minutes[0]} * interval '1 minute')"
        return sql, (*valeurs, *valeurs, *minutes[1])


class Plage(Func):
    """From an hour of a day to another one: Plage("date", "debut", "fin"). None of them null."""

    arity = 3
    output_field = DateTimeRangeField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **options: Any) -> Any:
        """Write « tsrange(day + first hour, day + last hour) », the end left out."""
        jour, debut, fin = (compiler.compile(e) for e in self.get_source_expressions())
        sql = f"tsrange({jour[0]} + {debut[0]}, {jour[0]} + {fin[0]})"
        return sql, (*jour[1], *debut[1], *jour[1], *fin[1])
