"""The class of a field: who may read what it holds, at most. securite.md §2.1 is the source.

Each model says it field by field in CLASSES, beside its columns; a field that no class names fails a test.
"""

from enum import StrEnum


class Classe(StrEnum):
    """From the most to the least secret; the value is the sigle of the source."""

    M2 = "M2"
    M1 = "M1"
    Y1 = "Y1"
    H2 = "H2"
    H1 = "H1"
    A2 = "A2"
    A1 = "A1"
    C2 = "C2"
    C1 = "C1"
    I2 = "I2"
    I1 = "I1"
    B1 = "B1"
    S1 = "S1"
    L1 = "L1"
    # Reference data, keys, states, versions: nothing about a person.
    T0 = "T0"


Classes = dict[Classe, tuple[str, ...]]
