"""One way to show a list: filtered, sorted, paged on screen; whole as xlsx; whole on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_filters import FilterSet
from django_tables2 import RequestConfig, Table
from django_tables2.data import TableQuerysetData

from nouvea_sst.lib.choix_colonnes import choose_columns, exported_columns, title_column
from nouvea_sst.lib.xlsx import TYPE_XLSX, write_xlsx

LIGNES_IMPRIMEES = 2000
A_L_ENVERS = "Ce jour vient avant le premier\u202f: aucune ligne ne peut convenir."


@dataclass(frozen=True)
class Liste:
    """What a list is made of. The rows have already passed visible_to(user); a filter asks for a queryset."""

    queryset: QuerySet | Sequence[Any]
    table: type[Table]
    modele: str
    nom_fichier: str
    filtre: Callable[..., FilterSet] | None = None
    contexte: dict[str, Any] = field(default_factory=dict)
    exportable: bool = True
    options_table: dict[str, Any] = field(default_factory=dict)
    total: int | None = None  # number of rows, when the view has counted them already


def liste(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view as a list: the test that counts its SQL finds it by this mark."""
    vue.est_liste = True  # type: ignore[attr-defined]
    return vue


class Lignes(TableQuerysetData):
    """Rows of a list in an order that their key completes: no row stands on two pages, none on no page."""

    data: QuerySet

    def __init__(self, data: Any, total: int | None = None) -> None:
        super().__init__(data)
        self._length = total

    def order_by(self, aliases: Any) -> None:
        """Sort as asked for, then by key."""
        super().order_by(aliases)
        self.settle()

    def settle(self) -> None:
        """Let the key decide between rows that the order leaves equal."""
        ordre = ordering_of(self.data)
        if not {"pk", "-pk", "id", "-id"} & {terme for terme in ordre if isinstance(terme, str)}:
            self.data = self.data.order_by(*ordre, "-pk" if ordre and descends(ordre[0]) else "pk")


def ordering_of(lignes: Any) -> tuple[Any, ...]:
    """Return the terms by which rows are sorted: those asked for, else the model's."""
    requete = lignes.query
    return tuple(requete.order_by or (requete.get_meta().ordering if requete.default_ordering else ()))


def descends(terme: Any) -> bool:
    """Whether a term of an order goes downwards."""
    return terme.startswith("-") if isinstance(terme, str) else getattr(terme, "descending", False)


def export_words(request: HttpRequest, exportable: bool = True) -> str:
    """What a consultation line adds of a list that leaves the screen: « en xlsx », « sur papier »."""
    if request.GET.get("format") == "xlsx" and exportable:
        return " en xlsx"
    return " sur papier" if request.GET.get("imprimer") == "1" else ""


def render_list(request: HttpRequest, definition: Liste) -> HttpResponse:
    """Answer a page of the list, the whole of it for printing (?imprimer=1) or as xlsx (?format=xlsx)."""
    lignes, filtre = definition.queryset, None
    if definition.filtre is not None:
        filtre = definition.filtre(request.GET, queryset=lignes, request=request)
        check_days(filtre)
        lignes = filtre.qs
    # A paper or a workbook does not show what is wrong with a filter: the page does.
    lisible = filtre is None or filtre.is_valid()
    donnees = Lignes(lignes, definition.total) if Lignes.validate(lignes) else lignes
    table = definition.table(donnees, request=request, **definition.options_table)
    if isinstance(donnees, Lignes):
        donnees.settle()
    choisies = choose_columns(request, table)
    imprime = lisible and request.GET.get("imprimer") == "1"
    if lisible and request.GET.get("format") == "xlsx" and definition.exportable:
        RequestConfig(request, paginate=False).configure(table)
        return xlsx_response(definition.nom_fichier, table, choisies, totals_of(table, lignes))
    parpage = LIGNES_IMPRIMEES if imprime else settings.PAGE_LIGNES
    RequestConfig(request, paginate={"per_page": parpage, "silent": True}).configure(table)
    contexte = {
        "table": table,
        "filtre": filtre,
        "imprimer": imprime,
        "exportable": definition.exportable,
        "total": table.paginator.count,
        "vues": [],
        "liste_montree": True,
    }
    table.totaux = totals_of(table, lignes)
    return render(request, definition.modele, contexte | definition.contexte)


def check_days(filtre: Any) -> None:
    """Say beside « au » that it comes before « du »: an empty list would not tell why it is."""
    saisies = filtre.form.cleaned_data if filtre.form.is_valid() else {}
    du, au = saisies.get("du"), saisies.get("au")
    if du and au and au < du:
        filtre.form.add_error("au", A_L_ENVERS)


def totals_of(table: Table, lignes: Any) -> dict[str, Any]:
    """Return the totals of a list that has some, over all its rows; nothing under a single row."""
    if not hasattr(table, "compute_totals"):
        return {}
    nombre = table.paginator.count if hasattr(table, "paginator") else len(table.rows)
    return table.compute_totals(lignes) if nombre > 1 else {}


def xlsx_response(
    nom: str, table: Table, choisies: bool = False, totaux: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Return the table's rows, each column by its export value, as an attachment named NOM.xlsx.

    `choisies`: only the columns that are shown, because a person chose them. `totaux`: a last row, by column.
    """
    colonnes = exported_columns(table, choisies)
    valeurs = ([ligne.get_cell_value(c.name) for c in colonnes] for ligne in table.rows)
    pied = write_totals(table, [c.name for c in colonnes], totaux or {})
    tetes = [str(c.header) for c in colonnes]
    contenu = write_xlsx(titre=nom, colonnes=tetes, lignes=valeurs, pied=pied)
    reponse = HttpResponse(contenu, content_type=TYPE_XLSX)
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.xlsx"'
    return reponse


def write_totals(table: Table, noms: list[str], totaux: Mapping[str, Any]) -> list[Any]:
    """Return the row of the totals for these columns, « Total » under the row heads; nothing without any."""
    if not set(noms) & set(totaux):
        return []
    titre = title_column(table)
    return [totaux.get(nom, "Total" if nom == titre else None) for nom in noms]
