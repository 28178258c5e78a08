"""Writes spreadsheets with real types; text that looks like a formula stays text."""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

TYPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_INTERDITS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULES = ("=", "+", "-", "@", "\t", "\r")


def clean_cell(valeur: Any) -> Any:
    """Keep numbers and dates as they are; make any text harmless (no control character, never a formula)."""
    if valeur is None or isinstance(valeur, bool | int | float | Decimal | datetime.date | datetime.time):
        return valeur
    texte = _INTERDITS.sub("", str(valeur))
    return f"'{texte}" if texte.startswith(_FORMULES) else texte


def write_xlsx(
    *, titre: str, colonnes: Sequence[str], lignes: Iterable[Sequence[Any]], pied: Sequence[Any] = ()
) -> bytes:
    """Return a one-sheet workbook: bold frozen head, filter, dates as dates, numbers as numbers.

    A moment is written as the clock of Nouméa showed it.
    lignes may be an iterator: rows are written as they come. pied, the totals, stands below what the filter
    and a sort take.
    """
    classeur = Workbook(write_only=True)
    feuille = classeur.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", titre)[:31])
    feuille.freeze_panes = "A2"
    for rang, nom in enumerate(colonnes, start=1):
        feuille.column_dimensions[get_column_letter(rang)].width = max(12, min(40, len(nom) + 4))
    feuille.append([_head_cell(feuille, nom) for nom in colonnes])
    nombre = 0
    for nombre, ligne in enumerate(lignes, start=1):  # noqa: B007
        feuille.append([_cell(feuille, valeur) for valeur in ligne])
    feuille.auto_filter.ref = f"A1:{get_column_letter(len(colonnes))}{nombre + 1}"
    if pied:
        feuille.append([_foot_cell(feuille, valeur) for valeur in pied])
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _head_cell(feuille: Any, nom: str) -> WriteOnlyCell:
    cellule = WriteOnlyCell(feuille, value=clean_cell(nom))
    cellule.font = Font(bold=True)
    cellule.alignment = Alignment(vertical="top", wrap_text=True)
    return cellule


def _foot_cell(feuille: Any, valeur: Any) -> WriteOnlyCell:
    cellule = WriteOnlyCell(feuille, value=clean_cell(valeur))
    cellule.font = Font(bold=True)
    return cellule


def _cell(feuille: Any, valeur: Any) -> Any:
    propre = clean_cell(valeur)
    if isinstance(propre, datetime.datetime):
        local = timezone.localtime(propre) if timezone.is_aware(propre) else propre
        propre, motif = local.replace(tzinfo=None), "dd/mm/yyyy hh:mm"
    elif isinstance(propre, datetime.date):
        motif = "dd/mm/yyyy"
    elif isinstance(propre, datetime.time):
        motif = "hh:mm"
    else:
        return propre
    cellule = WriteOnlyCell(feuille, value=propre)
    cellule.number_format = motif
    return cellule
