"""Keeps what a row held before each change, by PostgreSQL triggers: no path to the table goes round them.

`@keep_history("HistoireAgent")` above a model makes the table of its past: the row as it was inserted, then
as it stood before each update and before its deletion. What stands now is the model's own row, so a row
older than its history needs no other beginning.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models
from pghistory.models import Event

from nouvea_sst.lib.classes import Classe, Classes

M = TypeVar("M", bound=type[models.Model])

CREATION = "creation"
MODIFICATION = "modification"
SUPPRESSION = "suppression"
# What the trigger adds to the row: a number, an instant, what happened, who did it, which record.
COLONNES_TRACE = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_obj")
# Changes of these alone tell nobody anything.
JAMAIS_SUIVIS = frozenset({"version"})


class Histoire(Event):
    """Base of the tables of the past. PostgreSQL refuses to change, delete or empty them."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pgh_label} {self.pgh_created_at:%d/%m/%Y %H:%M}"


def never_emptied(nom: str, phrase: str) -> pgtrigger.Trigger:
    """Return the trigger, under this name, that refuses to empty a table, with a French sentence."""
    return pgtrigger.Trigger(
        name=nom,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"RAISE EXCEPTION '{phrase}';",
    )


def keep_history(nom: str, *, exclude: Iterable[str] = (), inserts: bool = True) -> Callable[[M], M]:
    """Keep the past of a model in a table of its app; `inserts=False` spares computed rows their copy."""

    def track(modele: M) -> M:
        modele.se_recalcule = not inserts  # type: ignore[attr-defined]
        ecartes = JAMAIS_SUIVIS | set(exclude)
        suivis = [c.name for c in modele._meta.local_fields if c.name not in ecartes]
        faits = [
            pghistory.UpdateEvent(MODIFICATION, row="OLD"),
            pghistory.DeleteEvent(SUPPRESSION, row="OLD"),
        ]
        if inserts:
            faits.append(pghistory.InsertEvent(CREATION))
        suivre = pghistory.track(
            *faits,
            fields=suivis,
            model_name=nom,
            base_model=Histoire,
            obj_field=pghistory.ObjForeignKey(related_name="histoire", db_index=True),
            context_field=pghistory.ContextJSONField(),
            context_id_field=None,  # type: ignore[arg-type]  # pghistory takes None for « no such field »
            append_only=True,
            attrs={"CLASSES": classes_of_history(modele, suivis)},
            meta={
                "default_permissions": (),
                "ordering": ["pgh_id"],
                "verbose_name": f"histoire : {modele._meta.verbose_name}",
                "verbose_name_plural": f"histoire : {modele._meta.verbose_name_plural}",
                "triggers": [never_emptied("histoire_jamais_vide", "L’histoire ne se vide pas.")],
            },
        )
        return suivre(modele)

    return track


def classes_of_history(modele: type[models.Model], suivis: Iterable[str]) -> Classes:
    """Return the classes of a table of the past: those of the model, field by field, and the trace's own."""
    gardes = set(suivis)
    propres: Classes = getattr(modele, "CLASSES", {})
    classes = {classe: tuple(n for n in noms if n in gardes) for classe, noms in propres.items()}
    classes[Classe.L1] = (*classes.get(Classe.L1, ()), *COLONNES_TRACE)
    return {classe: noms for classe, noms in classes.items() if noms}
