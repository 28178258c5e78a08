"""Charts: what they draw, what they link, what they hide."""

from xml.etree import ElementTree

import pytest
from django.template import engines

from nouvea_sst.lib import dessin as d
from nouvea_sst.lib.graphiques import Barres, BarresEmpilees, Colonnes, Courbe, Serie

SVG = "{http://www.w3.org/2000/svg}"
MOIS = ("janv.", "févr.", "mars")


def columns(**other):
    series = [Serie("2025", (3, 4, 5)), Serie("2026", (4, None, 0), ("/a/1/", "/a/2/", "/a/3/"))]
    return Colonnes(
        **{"titre": "Sept de moins", "note": "Par mois.", "libelles": MOIS, "series": series} | other
    )


def line(values=(19.4, 16.2, 12.3), objectif=13.0):
    return Courbe(
        titre="Sous l’objectif",
        libelles=("2024", "2025", "2026"),
        series=[Serie("TF1", values, ("/1", "/2", "/3"))],
        objectif=objectif,
        decimales=1,
    )


def bars(**other):
    series = [Serie("À jour", (98, 79), ("/x", "/y"))]
    return Barres(
        **{"titre": "Part", "libelles": ("DRH", "DSIS"), "series": series, "unite": "\u202f%"} | other
    )


def stacked(values=((22, 8), (14, 0))):
    series = [Serie("faites", values[0]), Serie("en cours", values[1])]
    return BarresEmpilees(titre="Plan d’actions", libelles=("EvRP", "Visites"), series=series)


def render(chart, pdf=False):
    return engines["django"].from_string("{% graphique g pdf=pdf %}").render({"g": chart, "pdf": pdf})


def drawings(html):
    parts = html.split("<svg ")[1:]
    return [ElementTree.fromstring("<svg " + p.split("</svg>")[0] + "</svg>") for p in parts]  # noqa: S314


def words(drawing):
    return [e.text for e in drawing.iter(f"{SVG}text")]


CHARTS = [columns(), line(), bars(), bars(objectif=90, complements=["71 agents", "132 agents"]), stacked()]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: type(c).__name__)
def test_on_screen_a_wide_and_a_narrow_drawing_without_style_nor_id(chart):
    html = render(chart)
    assert len(drawings(html)) == 2
    assert "style=" not in html and " id=" not in html
    assert chart.titre in html and "<summary>Données" in html


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: type(c).__name__)
def test_on_paper_one_drawing_without_links_and_with_an_alternative_text(chart):
    html = render(chart, pdf=True)
    (drawing,) = drawings(html)
    assert "<a " not in html and "<details" not in html
    assert drawing.find(f"{SVG}title").text == chart.description


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: type(c).__name__)
@pytest.mark.parametrize("width", [326.0, 520.0, 680.0])
def test_nothing_is_drawn_outside_of_the_frame(chart, width):
    made = chart.draw(width)
    for mark in made.marques:
        for shape in mark.formes:
            values = shape.valeurs
            if shape.balise == "rect" and "fill-opacity" not in values:
                assert 0 <= values["x"] and values["x"] + values["width"] <= width + 0.1
                assert 0 <= values["y"] and values["y"] + values["height"] <= made.hauteur
            if shape.balise == "text":
                assert 0 <= values["x"] <= width and 0 < values["y"] <= made.hauteur


def test_each_mark_is_a_link_with_its_words():
    first = drawings(render(columns()))[0]
    links = list(first.iter(f"{SVG}a"))
    assert [a.get("href") for a in links] == ["/a/1/", "/a/2/", "/a/3/"]
    assert links[0].find(f"{SVG}title").text == "janv. : 4 en 2026, 3 en 2025"


def test_bars_start_at_zero_and_keep_their_proportion():
    shapes = [f for m in columns().draw(520.0).marques for f in m.formes]
    tall = {f.valeurs["height"] for f in shapes if f.balise == "rect" and f.valeurs["fill"] == d.CLAIR}
    assert max(tall) * 3 / 5 == pytest.approx(min(tall))


def test_a_hidden_value_reads_n_c_and_draws_nothing():
    chart = columns()
    dark = [
        f
        for m in chart.draw(520.0).marques
        for f in m.formes
        if f.balise == "rect" and f.valeurs["fill"] == d.FONCE
    ]
    assert len(dark) == 1  # one value, one hidden, one zero
    assert '<i class="muted">n.c.</i>' not in render(chart)  # its cell is a link
    assert "n.c." in words(drawings(render(chart))[0])


def test_the_line_breaks_where_a_value_is_absent():
    chart = line(values=(19.4, None, 12.3))
    assert not [f for m in chart.draw(520.0).marques for f in m.formes if f.balise == "polyline"]
    assert '<i class="muted">' not in render(line())


def test_the_target_has_its_word():
    assert "objectif 13" in words(drawings(render(line()))[0])
    assert "objectif 90\u202f%" in words(drawings(render(bars(objectif=90)))[0])
    assert not [w for w in words(drawings(render(line(objectif=None)))[0]) if w.startswith("objectif")]


def test_a_bar_that_misses_the_target_changes_colour_and_keeps_an_edge():
    marks = bars(objectif=90).draw(520.0).marques
    colours = [
        f.valeurs["fill"]
        for m in marks
        for f in m.formes
        if f.balise == "rect" and "fill-opacity" not in f.valeurs
    ]
    assert colours == [d.FONCE, d.AMBRE]
    assert d.rect(0, 0, 1, 1, d.AMBRE).valeurs["stroke"] == d.TRAIT
    ceiling = bars(objectif=90, au_plus=True)
    assert ceiling.misses(98) and not ceiling.misses(79)


def test_parts_and_total_of_a_stacked_bar():
    shown = words(drawings(render(stacked()))[0])
    assert shown[:2] == ["faites", "en cours"]
    assert "36" in shown and "8" in shown


def test_a_total_does_not_betray_a_hidden_part():
    shown = words(drawings(render(stacked(values=((22, 8), (None, 3)))))[0])
    assert "22" in shown and "n.c." in shown and "11" in shown


def test_the_data_table_says_what_is_drawn():
    html = render(bars(decimales=1))
    assert "98,0\u202f%" in html and '<a href="/x">' in html


def test_two_series_say_which_is_which():
    assert columns().legende == "Par mois. Foncé\u202f: 2026, clair\u202f: 2025"


def test_user_text_is_escaped():
    html = render(bars(libelles=("<script>x</script>", "DSIS"), titre="a < b"))
    assert "<script>" not in html and "a &lt; b" in html


def test_a_series_of_another_length_or_below_zero_is_refused():
    with pytest.raises(ValueError):
        columns(series=[Serie("2026", (1, 2))])
    with pytest.raises(ValueError):
        columns(series=[Serie("2026", (1, 2, -3))])


def test_all_zero_or_all_hidden_is_drawn():
    for values in ((0, 0, 0), (None, None, None)):
        assert render(columns(series=[Serie("2026", values)]))
        assert render(line(values=values))


def test_a_long_name_is_shortened_in_the_drawing_and_whole_in_the_title():
    name = "Direction de l’espace public et du cadre de vie urbain"
    html = render(bars(libelles=(name, "DSIS")))
    assert all(name not in words(x) for x in drawings(html))
    assert f"<title>{name} : 98" in html
