"""Which columns of a list are shown: ?colonnes=a,b,c, the same on screen, on paper and in the workbook.

Whatever the choice, the row header, the check boxes and the links to an act stay. A column that the role may
not see is excluded from the table by its view, hence neither offered nor accepted. Two attributes of a table:

* ``colonnes_fixes``: further columns that always stay
* ``colonnes_classeur``: {"periode": ("debut", "fin")}, what leaves in the workbook for a column of the screen
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django_tables2 import CheckBoxColumn, Table

PARAMETRE = "colonnes"


@dataclass(frozen=True)
class ColonneOfferte:
    """A column that a person may show or hide."""

    nom: str
    libelle: str
    montree: bool


def title_column(table: Table) -> str:
    """Name of the column whose cells are row headers: named by the table, else the first that is no box."""
    named = getattr(table, "colonne_titre", "")
    columns = (c.name for c in table.columns if not isinstance(c.column, CheckBoxColumn))
    return named or next(columns, "")


def offered_columns(table: Table) -> list[ColonneOfferte]:
    """Return the columns that may be shown or hidden, in the order of the table."""
    title, fixed = title_column(table), getattr(table, "colonnes_fixes", ())
    return [
        ColonneOfferte(c.name, str(c.header), c.visible)
        for c in table.columns.iterall()
        if c.name != title and c.name not in fixed and not _is_act(c)
    ]


def _is_act(column: Any) -> bool:
    """Whether a column is a box or a link to act with, not a fact."""
    if isinstance(column.column, CheckBoxColumn):
        return True
    return bool(column.column.exclude_from_export) and not column.orderable


def asked_columns(request: HttpRequest, table: Table) -> set[str]:
    """Return the columns asked for that the table offers; an unknown or forbidden name is ignored."""
    asked = {name for value in request.GET.getlist(PARAMETRE) for name in value.split(",")}
    return asked & {c.nom for c in offered_columns(table)}


def choose_columns(request: HttpRequest, table: Table) -> bool:
    """Show exactly the columns asked for; return False, and change nothing, when none is asked for."""
    asked = asked_columns(request, table)
    if not asked:
        return False
    for column in offered_columns(table):
        show = table.columns.show if column.nom in asked else table.columns.hide
        show(column.nom)
    return True


def exported_columns(table: Table, chosen: bool) -> list[Any]:
    """Return the columns of the workbook: all of them, or those chosen."""
    twins = getattr(table, "colonnes_classeur", {})
    shown = {c.name for c in table.columns}
    wanted = shown | {twin for name, names in twins.items() if name in shown for twin in names}
    return [
        c
        for c in table.columns.iterall()
        if not getattr(c.column, "exclude_from_export", False) and (not chosen or c.name in wanted)
    ]
