"""An undefined variable fails wherever a template may name one."""

from pathlib import Path

import django
import pytest
from django.template import Context, Engine, Origin, Template
from django.template.base import Parser

from tests.gardes.constats import expected_fault
from tests.gardes.gabarits import _is_tolerated

FAUTIFS = [
    "{{ absent }}",
    "{{ objet.absent }}",
    "{{ absent|default:'x' }}",
    "{{ absent|default_if_none:'x' }}",
    "{{ present|default:absent }}",
    "{% if absent %}x{% endif %}",
    "{% if not absent %}x{% endif %}",
    "{% if present and absent %}x{% endif %}",
    "{% if absent == 1 %}x{% endif %}",
    "{% if objet.absent %}x{% endif %}",
    "{% if present %}{% elif absent %}{% endif %}{% if present|add:absent %}{% endif %}",
    "{% for x in absent %}x{% endfor %}",
    "{% for x in objet.absent %}x{% endfor %}",
    "{% with x=absent %}x{% endwith %}",
    "{% firstof absent present %}",
    "{% for x in liste %}{{ x.absent }}{% endfor %}",
]
JUSTES = [
    "{{ present }}{{ objet.cle }}{{ vide|default:'x' }}",
    "{% if vide %}x{% elif rien is None %}{% endif %}",
    "{% for x in liste %}{{ x }}{{ forloop.counter }}{% empty %}{% endfor %}",
    "{% with x=present %}{{ x }}{% endwith %}{{ 'texte'|upper }}{{ 12|add:present }}",
    "{% firstof vide present %}{{ True }}{{ None }}",
]
CONTEXTE = {"present": 1, "vide": "", "rien": None, "objet": {"cle": 1}, "liste": [1, 2]}


@pytest.mark.parametrize("source", FAUTIFS)
def test_undefined_variable_fails(source):
    with expected_fault("absent » is not defined"):
        Template(source).render(Context(CONTEXTE))


@pytest.mark.parametrize("source", JUSTES)
def test_defined_variable_passes(source):
    Template(source).render(Context(CONTEXTE))


def test_undefined_variable_fails_in_a_file_and_in_what_it_includes(tmp_path):
    (tmp_path / "page.html").write_text("{% if present %}{% include 'bloc.html' %}{% endif %}")
    (tmp_path / "bloc.html").write_text("{% if absent %}x{% endif %}")
    with expected_fault(f"{tmp_path / 'bloc.html'}: « absent »"):
        Engine(dirs=[tmp_path]).render_to_string("page.html", CONTEXTE)


@pytest.mark.variables_absentes("absent")
def test_marker_admits_a_variable():
    assert Template("{% if absent %}x{% endif %}{{ absent.cle }}").render(Context()) == ""


@pytest.mark.parametrize(
    "nom, tolere",
    [
        (Path(django.__file__).parent / "forms/templates/django/forms/div.html", True),
        (Path(django.__file__).parents[1] / "django_tables2/templates/x.html", True),
        (Path(django.__file__).parents[1] / "autre_paquet/templates/x.html", False),
        (Path(django.__file__).parents[4] / "templates/layout/base.html", False),
    ],
)
def test_only_named_libraries_keep_the_silence(nom, tolere):
    origine = Origin(name=str(nom))
    assert _is_tolerated(origine) is tolere
    strict = type(Parser([], origin=origine).compile_filter("x")).__name__ == "ExpressionStricte"
    assert strict is not tolere
