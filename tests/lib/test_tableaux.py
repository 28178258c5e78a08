"""Lists: heads, cells, foot, filters, as the templates show them."""

from datetime import date

import django_filters
import django_tables2 as tables
import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.template import engines
from django.utils.html import format_html

from nouvea_sst.lib.colonnes import (
    Colonne,
    ColonneChoix,
    ColonneDate,
    ColonneEcheance,
    ColonneEtat,
    ColonneNombre,
    ColonneXpf,
)
from nouvea_sst.lib.etats import EtatChoices
from nouvea_sst.lib.tableaux import Tableau, change_query, describe_filters, kept_parameters

JOUR = date(2026, 11, 24)


class EtatPiece(EtatChoices):
    DUE = "due", "Due", "is-soon", "clock-fill"
    RECUE = "recue", "Reçue", "is-done", "check-circle-fill"


LIGNES = [
    {"pk": n, "nom": f"AGENT {n}", "jour": date(2026, 11, n), "n": 1000 + n, "etat": EtatPiece.DUE}
    for n in range(1, 8)
]


class PieceTable(tables.Table):
    choix = ColonneChoix(accessor="pk")
    nom = Colonne(verbose_name="Agent")
    echeance = ColonneDate(accessor="jour", verbose_name="Échéance", prefixe="Échéance")
    delai = ColonneEcheance(accessor="jour", verbose_name="Délai", orderable=False)
    n = ColonneNombre(verbose_name="Nombre", desk=True, footer="7")
    prix = ColonneXpf(accessor="n", verbose_name="Prix", orderable=False)
    etat = ColonneEtat(verbose_name="État", orderable=False)

    jour = JOUR
    legende = "Pièces dues"

    def render_detail(self, record):
        return format_html("<p>ouvert {}</p>", record["pk"]) if record["pk"] == 2 else ""

    def ligne_classe(self, record):
        return "selected" if record["pk"] == 1 else ""


PieceTable.nom = "pièce"


class PieceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Nom", method="keep")
    etat = django_filters.MultipleChoiceFilter(label="État", choices=EtatPiece.choices, method="keep")
    entre = django_filters.DateFromToRangeFilter(label="Échéance", method="keep")
    retard = django_filters.BooleanFilter(label="En retard", method="keep", widget=forms.CheckboxInput)

    def keep(self, rows, name, value):
        return rows


@pytest.fixture
def show(rf):
    def make(query="", rows=LIGNES, per_page=3, **kwargs):
        request = rf.get(f"/liste/?{query}")
        table = PieceTable(rows, request=request)
        tables.RequestConfig(request, paginate={"per_page": per_page, "silent": True}).configure(table)
        template = engines["django"].from_string("{% load django_tables2 %}{% render_table table %}")
        return template.render({"table": table, "request": request} | kwargs)

    return make


def test_the_first_column_that_is_no_box_is_the_row_header(show):
    html = show()
    assert '<th scope="row" >AGENT 1</th>' in html
    assert '<caption class="visually-hidden">Pièces dues</caption>' in html


def test_cells_are_french_on_screen(show):
    html = show()
    assert '<td data-label="Échéance">01/11/2026</td>' in html
    assert "23 j de retard" in html
    assert '<td class="desk num">1\u202f001</td>' in html
    assert '<td class="num">1\u202f001</td>' in html
    assert 'class="state quiet is-soon"' in html


def test_a_box_is_named_after_its_row(show):
    html = show()
    assert 'aria-label="Tout choisir" data-sst-tout' in html
    assert 'name="choix" value="1" aria-label="Choisir ' in html


def test_heads_are_links_that_sort_and_go_back_to_the_first_page(show):
    html = show("page=2&vue=retard&sort=nom")
    assert 'aria-sort="ascending"><a href="?vue=retard&amp;sort=-nom">Agent <svg' in html
    assert '<th scope="col" >Délai</th>' in html


def test_an_open_row_comes_from_the_server(show):
    html = show()
    assert '<tr class="is-open">' in html
    assert '<tr class="detail"><td class="wide" colspan="7"><p>ouvert 2</p></td></tr>' in html
    assert '<tr class="selected">' in html


def test_the_foot_says_which_rows_and_keeps_the_filters_of_the_address(show):
    html = show("vue=retard&page=2")
    assert "4 à 6 sur 7 pièces" in html
    assert 'href="?vue=retard&amp;format=xlsx"' in html
    assert 'href="?vue=retard&amp;imprimer=1"' in html
    assert 'href="?vue=retard&amp;page=1" rel="prev"' in html
    assert 'href="?vue=retard&amp;page=3" rel="next"' in html


def test_one_page_has_no_paging_and_totals_stand_in_the_foot(show):
    html = show(per_page=25)
    assert "7 pièces</span>" in html and 'aria-label="Pages"' not in html
    assert '<td class="desk num">7</td>' in html


def test_a_list_that_may_not_leave_has_no_export(show):
    assert "Exporter en Excel" not in show(exportable=False)


def test_the_printed_list_opens_the_print_window(show):
    assert 'data-sst-imprimer="aussitot"' in show("imprimer=1")


def test_no_row_says_so(show):
    html = show(rows=[])
    assert "<table" not in html and "Rien à afficher ici" in html


def test_the_workbook_gets_numbers_dates_and_words(rf):
    table = PieceTable(LIGNES, request=rf.get("/"))
    row = next(iter(table.rows))
    assert row.get_cell_value("n") == 1001
    assert row.get_cell_value("prix") == 1001
    assert row.get_cell_value("echeance") == date(2026, 11, 1)
    assert row.get_cell_value("delai") == "23 j de retard"
    assert row.get_cell_value("etat") == "Due"
    assert table.columns["choix"].column.exclude_from_export


def test_a_plain_table_needs_none_of_this(rf):
    class Plain(tables.Table):
        mot = tables.Column()

    seen = Tableau(Plain([{"mot": "a"}]), rf.get("/"))
    assert seen.etendue == "1 ligne" and seen.colonne_titre == "mot"
    assert list(seen.lignes())[0]["cellules"][0][1:] == ("a", True)


def test_change_query_encodes_what_was_typed(rf):
    request = rf.get("/", {"q": "a&b=é", "page": "3"})
    assert change_query(request, ("page",), sort="-nom") == "?q=a%26b%3D%C3%A9&sort=-nom"


def filtered(rf, query):
    request = rf.get(f"/liste/?{query}")
    return PieceFilter(request.GET, queryset=get_user_model().objects.none(), request=request), request


def test_each_active_filter_is_a_chip_in_words_with_the_address_without_it(rf):
    query = (
        "q=Kaloi&etat=due&etat=recue&entre_after=2026-01-01&entre_before=2026-10-31&retard=on&vue=x&page=2"
    )
    chips = describe_filters(*filtered(rf, query))
    assert [(c.libelle, c.valeur) for c in chips] == [
        ("Nom", "Kaloi"),
        ("État", "Due, Reçue"),
        ("Échéance", "du 01/01/2026 au 31/10/2026"),
        ("En retard", "oui"),
    ]
    assert chips[2].url == "?q=Kaloi&etat=due&etat=recue&retard=on&vue=x"


@pytest.mark.parametrize(
    "query, words",
    [("entre_after=2026-01-01", "après le 01/01/2026"), ("entre_before=2026-01-01", "avant le 01/01/2026")],
)
def test_half_a_range(rf, query, words):
    assert describe_filters(*filtered(rf, query))[0].valeur == words


def test_nothing_chosen_gives_no_chip_and_a_faulty_filter_neither(rf):
    assert describe_filters(*filtered(rf, "")) == []
    assert describe_filters(*filtered(rf, "etat=inconnu")) == []


def test_the_filter_form_carries_the_view_and_the_sort(rf):
    assert kept_parameters(*filtered(rf, "q=a&entre_after=2026-01-01&vue=x&sort=-nom&page=2")) == [
        ("vue", "x"),
        ("sort", "-nom"),
    ]


def test_the_filter_bar(rf):
    filtre, request = filtered(rf, "q=<b>&vue=x")
    source = '{% include "components/filters.html" with nom="pièce" total=7 %}'
    html = engines["django"].from_string(source).render({"filtre": filtre, "request": request}, request)
    assert "Nom\u202f: &lt;b&gt;" in html and 'href="?vue=x"' in html
    assert '<input type="hidden" name="vue" value="x">' in html
    assert "7 pièces" in html
