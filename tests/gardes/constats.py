"""Faults that code around them may swallow: a template's {% if %} and a server thread hide exceptions.

A guard reports its fault here as well as raising it; a test that ends well with a fault reported fails.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

_constats: list[str] = []


def report(faute: str) -> str:
    """Keep a fault until the end of the test, and return it for the exception."""
    _constats.append(faute)
    return faute


@contextmanager
def expected_fault(extrait: str) -> Iterator[None]:
    """Expect the block to raise or swallow a fault that contains this text; for the guards' own tests."""
    try:
        yield
    except (Exception, pytest.fail.Exception) as erreur:
        assert extrait in str(erreur)
    trouves = [faute for faute in _constats if extrait in faute]
    _constats.clear()
    assert trouves, f"no fault about {extrait} was reported"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test that ends well although a guard reported a fault."""
    _constats.clear()
    yield
    if _constats:
        fautes = "\n".join(dict.fromkeys(_constats))
        _constats.clear()
        pytest.fail(fautes)
