"""How much a test really tried: its counts are printed at the end of the run."""

from collections import Counter, defaultdict
from typing import Any

import pytest

DECOMPTES: defaultdict[str, Counter[str]] = defaultdict(Counter)


@pytest.fixture
def decompte(request: pytest.FixtureRequest) -> Counter[str]:
    """A counter under the name of the test's file."""
    return DECOMPTES[request.path.stem]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the counts."""
    for fichier, comptes in sorted(DECOMPTES.items()):
        mots = ", ".join(f"{nombre} {cle}" for cle, nombre in sorted(comptes.items()))
        if mots:
            terminalreporter.write_line(f"{fichier}: {mots}")
