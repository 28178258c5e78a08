"""An undefined template variable fails the test, in {{ }}, {% if %}, {% for %}, |default and everywhere else.

Django hides it: {{ x }} prints nothing, {% if x %} is false, {% for y in x %} turns no time. The parser is
given expressions that look a variable up as Django does and say what was not found. Templates of libraries
named below count on the silence and keep it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.template.base import FilterExpression, Origin, Parser, Variable, VariableDoesNotExist

from tests.gardes.constats import report

PAQUETS = Path(django.__file__).resolve().parents[1]
TOLERES = tuple(
    str(PAQUETS / paquet)
    for paquet in (
        "allauth",
        "crispy_bootstrap5",
        "crispy_forms",
        "django",
        "django_filters",
        "django_tables2",
    )
)
_admises: set[str] = set()


class VariableStricte(Variable):
    """A variable that says when it does not exist."""

    def __init__(self, var: str, origine: str) -> None:
        super().__init__(var)
        self.origine = origine

    def resolve(self, context: Any) -> Any:
        """Look the variable up; fail when it is missing and nobody said that it may be."""
        try:
            return super().resolve(context)
        except VariableDoesNotExist as erreur:
            if self.var in _admises or str(self.var).split(".")[0] in _admises:
                raise
            # A failure of pytest, because {% if %} swallows every ordinary exception.
            raise pytest.fail.Exception(report(f"{self.origine}: « {self.var} » is not defined")) from erreur


class ExpressionStricte(FilterExpression):
    """A filter expression whose variable and filter arguments are strict."""

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        origine = str(parser.origin)
        if self.is_var:
            self.var = VariableStricte(self.var.var, origine)
        self.filters = [
            (filtre, [(vrai, VariableStricte(arg.var, origine) if vrai else arg) for vrai, arg in arguments])
            for filtre, arguments in self.filters
        ]


def _is_tolerated(origine: Origin | None) -> bool:
    """Whether the template comes from a library that counts on the silence."""
    return origine is not None and str(Path(origine.name).resolve()).startswith(TOLERES)


def _compile_filter(parser: Parser, token: str) -> FilterExpression:
    """Compile an expression of a template: strict, unless the template is tolerated."""
    classe = FilterExpression if _is_tolerated(parser.origin) else ExpressionStricte
    return classe(token, parser)


def pytest_configure(config: pytest.Config) -> None:
    """Give the parser strict expressions before any template is compiled."""
    Parser.compile_filter = _compile_filter


@pytest.fixture(autouse=True)
def variables_admises(request: pytest.FixtureRequest) -> Iterator[None]:
    """Admit the variables named by the marker `variables_absentes`, for one test."""
    marque = request.node.get_closest_marker("variables_absentes")
    _admises.update(marque.args if marque else ())
    yield
    _admises.clear()
