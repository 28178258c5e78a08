"""What the template of a list needs to know of a django-tables2 table, and what its filters are doing.

A table is a plain ``tables.Table``. These class attributes are read when present:

* ``nom``: singular noun of a row, « agent » (« travail,travaux » for an irregular plural)
* ``legende``: caption read by screen readers
* ``colonne_titre``: name of the column written as row header; by default the first that is no check box
* ``vide``: title of the page part shown without rows
* ``render_detail(record)``: markup of an open row, or an empty string; the row is opened by the server
* ``ligne_classe(record)``: class of a row: ``selected``
* ``compute_totals(lignes)``: {column: number or words} at the foot, over all filtered rows;
  asked for when there are two rows or more, in one question

Column classes go through django-tables2's attrs: ``attrs={"td": {"class": "desk"}, "th": {"class": "num"}}``;
``{"td": {"data-label": "Échéance"}}`` gives the prefix on a phone, ``wide`` a line of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.forms import CharField
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django_tables2 import Table
from django_tables2.utils import AttributeDict

from nouvea_sst.lib.affichage import count_of, format_date, format_number
from nouvea_sst.lib.choix_colonnes import PARAMETRE, ColonneOfferte, offered_columns, title_column


def change_query(request: HttpRequest, without: tuple[str, ...] = (), **changes: object) -> str:
    """Return the query string of this page with some parameters changed and others left out."""
    query: QueryDict = request.GET.copy()
    for name in without:
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


@dataclass(frozen=True)
class EnTete:
    """One column head: its words, its link, in which sense it sorts the list now."""

    texte: str
    attrs: SafeString
    url: str
    tri: str


class Tableau:
    """A table as its template reads it."""

    def __init__(self, table: Table, request: HttpRequest, exportable: bool = True) -> None:
        self.table = table
        self.request = request
        self.exportable = exportable
        self.nom = getattr(table, "nom", "ligne")
        self.legende = getattr(table, "legende", "")
        self.vide = getattr(table, "vide", "") or table.empty_text or "Rien à afficher ici"
        self.imprime = request.GET.get("imprimer") == "1"
        self.page = getattr(table, "page", None)
        self.total = self.page.paginator.count if self.page else len(table.rows)
        self._page_field = table.prefixed_page_field

    @property
    def attrs(self) -> SafeString:
        """Attributes of <table>: ours, unless the table has others."""
        return AttributeDict({"class": "data-table stack"} | dict(self.table.attrs)).as_html()

    @property
    def colonne_titre(self) -> str:
        """Name of the column whose cells are row headers."""
        return title_column(self.table)

    def entetes(self) -> Iterator[EnTete]:
        """Yield the column heads; the first click sorts upwards, the next one downwards."""
        for column in self.table.columns:
            url, sense = "", ""
            if column.orderable:
                field = self.table.prefixed_order_by_field
                url = change_query(self.request, (self._page_field,), **{field: column.order_by_alias.next})
            if column.is_ordered:
                sense = "descending" if column.order_by_alias.is_descending else "ascending"
            classes = set((column.attrs["th"].get("class") or "").split()) - {"orderable", "asc", "desc"}
            attrs = {k: v for k, v in column.attrs["th"].items() if k not in {"class", "_ordering"}}
            if classes:
                attrs["class"] = " ".join(sorted(classes))
            yield EnTete(column.header, AttributeDict(attrs).as_html(), url, sense)

    def lignes(self) -> Iterator[dict[str, Any]]:
        """Yield each row of the page: its attributes, its cells, the markup that opens under it."""
        titre = self.colonne_titre
        make_detail = getattr(self.table, "render_detail", None)
        make_class = getattr(self.table, "ligne_classe", None)
        for row in self.table.paginated_rows:
            detail = make_detail(row.record) if make_detail else ""
            classes = {make_class(row.record) if make_class else "", "is-open" if detail else ""} - {""}
            attrs = {k: v for k, v in row.attrs.items() if k != "class"}
            if classes:
                attrs["class"] = " ".join(sorted(classes))
            cells = [
                (column.attrs["td"].as_html(), value, column.name == titre) for column, value in row.items()
            ]
            yield {"attrs": AttributeDict(attrs).as_html(), "cellules": cells, "detail": detail}

    @property
    def a_un_pied(self) -> bool:
        """Whether the table has totals."""
        return bool(getattr(self.table, "totaux", None)) or self.table.has_footer()

    def pieds(self) -> list[dict[str, Any]]:
        """Return the cells of the totals: placed and prefixed as the cells above them."""
        titre, totaux = self.colonne_titre, getattr(self.table, "totaux", None)
        if not totaux:
            return [
                {"attrs": c.attrs["tf"].as_html(), "texte": c.footer, "titre": c.name == titre}
                for c in self.table.columns
            ]
        pieds = []
        for colonne in self.table.columns:
            valeur = totaux.get(colonne.name, "Total" if colonne.name == titre else "")
            cellule = colonne.attrs["td"]
            garde = ("class", "data-label") if valeur != "" and colonne.name != titre else ("class",)
            attrs = AttributeDict({cle: cellule[cle] for cle in garde if cellule.get(cle)})
            texte = valeur if isinstance(valeur, str) else format_number(valeur)
            pieds.append({"attrs": attrs.as_html(), "texte": texte, "titre": colonne.name == titre})
        return pieds

    @property
    def colonnes_offertes(self) -> list[ColonneOfferte]:
        """Columns that a person may show or hide; one alone is no choice."""
        offertes = offered_columns(self.table)
        return offertes if len(offertes) > 1 else []

    @property
    def gardes(self) -> list[tuple[str, str]]:
        """Parameters that the choice of columns carries on."""
        quittes = {PARAMETRE, self._page_field, "imprimer", "format"}
        return [(c, v) for c, valeurs in self.request.GET.lists() if c not in quittes for v in valeurs]

    @property
    def url_colonnes_origine(self) -> str:
        """This list with its own columns; empty when it has them."""
        return change_query(self.request, (PARAMETRE,)) if PARAMETRE in self.request.GET else ""

    @property
    def etendue(self) -> str:
        """Which rows these are: « 1 à 25 sur 1 612 agents »."""
        if self.page is None or not self.page.has_other_pages():
            return count_of(self.total, self.nom)
        first, last = format_number(self.page.start_index()), format_number(self.page.end_index())
        return f"{first} à {last} sur {count_of(self.total, self.nom)}"

    @property
    def url_export(self) -> str:
        """The whole list, filtered and sorted as here, as a workbook; empty when it may not leave."""
        return change_query(self.request, (self._page_field,), format="xlsx") if self.exportable else ""

    @property
    def url_impression(self) -> str:
        """The whole list on one page."""
        return change_query(self.request, (self._page_field,), imprimer=1)

    @property
    def url_precedente(self) -> str:
        """The page before, or nothing."""
        if self.page is None or not self.page.has_previous():
            return ""
        return change_query(self.request, **{self._page_field: self.page.previous_page_number()})

    @property
    def url_suivante(self) -> str:
        """The page after, or nothing."""
        if self.page is None or not self.page.has_next():
            return ""
        return change_query(self.request, **{self._page_field: self.page.next_page_number()})


@dataclass(frozen=True)
class Puce:
    """One active filter: its name, its value in words, the address without it."""

    libelle: str
    valeur: str
    url: str


def describe_filters(filterset: Any, request: HttpRequest) -> list[Puce]:
    """Return the active filters of a bound FilterSet, in the order of its form."""
    form = filterset.form
    if not form.is_bound or not form.is_valid():
        return []
    chips = []
    for name, field in form.fields.items():
        words = _describe_value(field, form.cleaned_data.get(name))
        if words:
            names = tuple(key for key in request.GET if key == name or _is_part(key, name))
            chips.append(Puce(str(field.label or name), words, change_query(request, (*names, "page"))))
    return chips


def tell_filters(filterset: Any, request: HttpRequest) -> str:
    """Return the active filters for a consultation line: what was chosen, and that something was typed."""
    typed = {str(f.label) for f in filterset.form.fields.values() if isinstance(f, CharField)}
    chips = describe_filters(filterset, request)
    return ", ".join(c.libelle if c.libelle in typed else f"{c.libelle} : {c.valeur}" for c in chips)


def kept_parameters(filterset: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """Return the parameters of the address that a filter form must carry on: saved view, sort."""
    own = set(filterset.form.fields)
    return [
        (key, value)
        for key, values in request.GET.lists()
        if key not in own and key != "page" and not any(_is_part(key, name) for name in own)
        for value in values
    ]


def _is_part(key: str, name: str) -> bool:
    """Whether a parameter is one half of a range: date_min, date_max, date_after, date_0…"""
    whole, _, part = key.rpartition("_")
    return whole == name and part in {"min", "max", "after", "before", "0", "1"}


def _describe_value(field: Any, value: Any) -> str:
    """Write a cleaned value as the user chose it; an empty string when nothing was chosen."""
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "oui"
    if isinstance(value, slice):
        return _describe_range(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Model):
        return str(value)
    choices = {str(k): str(v) for k, v in getattr(field, "choices", ()) if not isinstance(v, list | tuple)}
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return ", ".join(choices.get(str(v), str(v)) if not isinstance(v, Model) else str(v) for v in value)
    return choices.get(str(value), str(value))


def _describe_range(value: slice) -> str:
    """Write a range: « du 01/01/2026 au 31/10/2026 », « avant le … », « après le … »."""
    start, stop = (format_date(v) if isinstance(v, date) else v for v in (value.start, value.stop))
    if start is not None and stop is not None:
        return f"du {start} au {stop}" if isinstance(value.start, date) else f"de {start} à {stop}"
    if stop is not None:
        return f"avant le {stop}" if isinstance(value.stop, date) else f"jusqu’à {stop}"
    return f"après le {start}" if isinstance(value.start, date) else f"à partir de {start}"
