"""Figures, and the tables that they are printed as."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

NAME, CELL = 52, 10


class Figures:
    """The same thing measured several times."""

    def __init__(self) -> None:
        self._all: list[float] = []

    def add(self, figure: float) -> None:
        self._all.append(figure)

    @property
    def median(self) -> float:
        return median(self._all)

    def percentile(self, share: int) -> float:
        """The least figure that so many of a hundred do not exceed."""
        return sorted(self._all)[math.ceil(len(self._all) * share / 100) - 1]

    @property
    def least(self) -> float:
        return min(self._all)

    @property
    def most(self) -> float:
        return max(self._all)


def title(what: str, *columns: str) -> None:
    print("\n" + what.ljust(NAME) + "".join(column.rjust(CELL) for column in columns), flush=True)


def row(name: str, *figures: float | str) -> None:
    cells = (figure if isinstance(figure, str) else short(figure) for figure in figures)
    print(f"  {name}".ljust(NAME) + "".join(cell.rjust(CELL) for cell in cells), flush=True)


def ratio(peer: str, theirs: Sequence[float], ours: Sequence[float]) -> None:
    """How many times ours the peer takes."""
    row(f"{peer} / logenabler", *(f"{their / our:.1f}x" for their, our in zip(theirs, ours)))


def short(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"
