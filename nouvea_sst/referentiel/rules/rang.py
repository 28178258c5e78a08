"""The order of a small list."""

from collections.abc import Sequence

PAS = 10


def ranked(cles: Sequence[int], cle: int, rang: int) -> dict[int, int]:
    """Return the order of each key once `cle` stands at `rang`, from 1; beyond an end it stays at that end.

    Asked twice it changes nothing more. Raises ValueError for a key that is not of the list.
    """
    if cle not in cles:
        raise ValueError("Cette entrée n’est pas de cette liste.")
    autres = [c for c in cles if c != cle]
    place = min(max(rang, 1), len(cles)) - 1
    return {c: (i + 1) * PAS for i, c in enumerate([*autres[:place], cle, *autres[place:]])}
