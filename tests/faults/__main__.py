"""`make test-faults`: every AWS call that every resource makes, times everything that may go wrong at it.

Usage: python -m faults [WORD...]     only the cells with all of these words, as the table names them
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import groupby

from faults.bench import CONVERGED
from faults.cells import Cell, rounds
from faults.kinds import KINDS
from faults.matrix import Matrix, matrix


def main(words: Sequence[str]) -> int:
    print("Asking the journal which calls there are ...", flush=True)
    with matrix() as whole:
        cells = [cell for cell in whole.cells if set(words) <= set(str(cell).split())]
        outcomes = measured(whole, cells)
    print(table(outcomes))
    wrong = [cell for cell, outcome in outcomes.items() if outcome != CONVERGED]
    calls = len({cell.row for cell in outcomes})
    faults = len({cell.kind for cell in outcomes})
    converged = len(outcomes) - len(wrong)
    print(f"\n{converged} of {len(outcomes)} cells converged: {calls} calls x {faults} faults.")
    for cell in wrong:
        print(f'FAILED  {cell}\n        again: make test-faults ONLY="{cell}"')
    return 1 if wrong or not outcomes else 0


def measured(whole: Matrix, cells: Sequence[Cell]) -> dict[Cell, str]:
    """The outcome of every cell, with a line for each round on the way."""
    outcomes: dict[Cell, str] = {}
    started, count = time.monotonic(), len(list(rounds(cells)))
    for number, done in enumerate(whole.outcomes(cells), 1):
        outcomes |= done
        first, failed = next(iter(done)), sum(outcome != CONVERGED for outcome in done.values())
        what = f"{first.row.scene.name} {first.row.operation} {first.kind.name}"
        verdict = f"{failed} FAILED" if failed else "ok"
        minutes, seconds = divmod(int(time.monotonic() - started), 60)
        clock = f"{minutes:3}:{seconds:02}"
        print(f"{clock}  {number:3}/{count}  {what}: {len(done)} calls {verdict}", flush=True)
        for cell, outcome in done.items():
            if outcome != CONVERGED:
                print(f"\n{cell}: {outcome}\n", flush=True)
    return {cell: outcomes[cell] for cell in cells}


def table(outcomes: dict[Cell, str]) -> str:
    """The calls of each operation below each other, the faults side by side."""
    kinds = [kind for kind in KINDS if any(cell.kind is kind for cell in outcomes)]
    lines = []
    rows = dict.fromkeys(cell.row for cell in outcomes)
    for (scene, operation), calls in groupby(rows, lambda row: (row.scene.name, row.operation)):
        lines += ["", f"{f'{scene} {operation}':40}" + "  ".join(kind.name for kind in kinds)]
        for row in calls:
            words = (word(outcomes.get(Cell(row, kind))).ljust(len(kind.name)) for kind in kinds)
            lines.append(f"  {row.call:38}" + "  ".join(words).rstrip())
    return "\n".join(lines)


def word(outcome: str | None) -> str:
    return "ok" if outcome == CONVERGED else "FAILED" if outcome else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
