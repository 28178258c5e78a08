"""The order of the points of an agenda."""

from collections.abc import Sequence


def moved(points: Sequence[int], point: int, rang: int) -> list[int]:
    """Return the keys with `point` at `rang`, from 1; beyond an end it stays at that end.

    Asked twice it changes nothing more. Raises ValueError for a point that is not of the agenda.
    """
    if point not in points:
        raise ValueError("Ce point n’est pas à l’ordre du jour.")
    autres = [p for p in points if p != point]
    place = min(max(rang, 1), len(points)) - 1
    return [*autres[:place], point, *autres[place:]]
