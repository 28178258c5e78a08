"""The tag library that every template has."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django import forms
from django.template import engines
from django.template.exceptions import TemplateDoesNotExist

from nouvea_sst.lib.etats import CLASSES, EtatChoices, all_enums
from nouvea_sst.lib.icones import icon

JOUR = date(2026, 11, 24)


class EtatLettre(EtatChoices):
    EN_FILE = "en_file", "En file", "is-soon", "hourglass-split"
    PARTIE = "partie", "Partie", "is-done", "send-check"


def render(source, **context):
    return engines["django"].from_string(source).render(context)


def test_an_icon_is_hidden_from_screen_readers_and_carries_no_id():
    svg = render('{% icone "house" %}')
    assert svg.startswith('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">')
    assert "id=" not in svg and "style=" not in svg
    ElementTree.fromstring(svg)  # noqa: S314 our own markup


def test_a_named_icon_is_read_and_escaped():
    svg = render("{% icone 'house' titre=words %}", words='chez "soi" <b>')
    assert 'role="img"' in svg and "<b>" not in svg
    assert ElementTree.fromstring(svg).get("aria-label") == 'chez "soi" <b>'  # noqa: S314


def test_the_colour_of_an_icon_is_an_attribute_for_the_pdf():
    assert ' fill="#a1231a"' in icon("house", fill="#a1231a")


def test_an_unknown_icon_fails():
    with pytest.raises(TemplateDoesNotExist):
        icon("n-existe-pas")


def test_every_state_of_the_house_has_an_icon_that_exists():
    for enum in all_enums():
        for member in enum:
            assert icon(member.icone), member


def test_a_badge_has_colour_icon_and_word():
    html = render("{% etat e %}", e=EtatLettre.PARTIE)
    assert html.startswith('<span class="state is-done"><svg')
    assert html.endswith("> Partie</span>")
    assert CLASSES["is-done"] in html


def test_a_badge_may_be_quiet_and_use_other_words():
    html = render("{% etat e quiet=True texte=t %}", e=EtatLettre.EN_FILE, t="12 j <")
    assert 'class="state quiet is-soon"' in html
    assert "12 j &lt;" in html and "En file" not in html


def test_in_a_pdf_the_icon_of_a_badge_has_an_alternative_text():
    assert "<title>Partie</title>" in render("{% etat e pdf=True %}", e=EtatLettre.PARTIE)
    assert "<title>" not in render("{% etat e %}", e=EtatLettre.PARTIE)


def test_a_due_date_shows_how_far_it_is():
    assert "1 j de retard" in render("{% echeance d j %}", d=date(2026, 11, 23), j=JOUR)
    assert "dans 6 j" in render("{% echeance d j quiet=True %}", d=date(2026, 11, 30), j=JOUR)
    assert render("{% echeance d j %}", d=None, j=JOUR) == ""


def test_the_meter_counts_pieces():
    html = render("{% meter 5 7 %}")
    assert html.count('<i class="on">') == 5 and html.count('<i class="off">') == 2
    assert 'aria-label="5 pièces sur 7"' in html and html.endswith("5/7")
    assert "is-done" in render("{% meter 7 7 %}")


@pytest.mark.parametrize(
    "source, written",
    [
        ("{{ n|nombre }}", "1\u202f612"),
        ("{{ n|nombre:1 }}", "1\u202f612,0"),
        ("{{ n|xpf }}", "1\u202f612\u00a0XPF"),
        ("{{ 88|pourcent:0 }}", "88\u202f%"),
        ("{{ j|date_fr }}", "24/11/2026"),
        ("{{ j|date_fr:'long' }}", "mardi 24 novembre 2026"),
        ("{{ d|relatif:j }}", "dans 6 jours"),
        ("visite{{ n|pluriel }}", "visites"),
        ("chev{{ 1|pluriel:'al,aux' }}", "cheval"),
        ("{{ n|quantite:'agent' }}", "1\u202f612 agents"),
        ("Visite {{ 'Anaïs'|de_nom }}", "Visite d’Anaïs"),
    ],
)
def test_filters(source, written):
    assert render(source, n=1612, j=JOUR, d=date(2026, 11, 30)) == written


class ReleveForm(forms.Form):
    debut = forms.DateField(label="Début")
    motif = forms.CharField(label="Motif")


def test_the_summary_of_errors_links_to_the_fields():
    html = render('{% include "components/form_errors.html" %}', form=ReleveForm({"debut": "x"}))
    assert "2 champs à corriger." in html
    assert '<a href="#id_debut">Début</a>, <a href="#id_motif">Motif</a>' in html


def test_a_form_not_sent_has_no_summary():
    assert render('{% include "components/form_errors.html" %}', form=ReleveForm()).strip() == ""


def test_an_error_stands_under_its_field_with_an_icon():
    source = "{% load crispy_forms_filters %}{{ form.motif|as_crispy_field }}"
    html = render(source, form=ReleveForm({"debut": "01/01/2026"}))
    assert 'id="id_motif_error" class="invalid-feedback"' in html
    assert 'aria-describedby="id_motif_error"' in html
    assert "<svg" in html


def test_the_ending_of_a_first_day_is_raised_and_the_rest_escaped():
    raised = render("{{ t|exposant }}", t="du 1er janvier au 21er <b> 1ers")
    assert raised == "du 1<sup>er</sup> janvier au 21er &lt;b&gt; 1ers"
