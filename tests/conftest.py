"""Guards and shared fixtures of every test."""

import pytest

pytest.register_assert_rewrite("tests.fabriques", "tests.gardes")

pytest_plugins = [
    "tests.gardes.constats",
    "tests.gardes.decomptes",
    "tests.gardes.gabarits",
    "tests.gardes.horloge",
    "tests.gardes.ordre",
    "tests.gardes.requetes",
    "tests.gardes.base",
    "tests.gardes.reseau",
    "tests.gardes.navigateur",
    "tests.fabriques",
]
