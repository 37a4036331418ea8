"""A spread of the fault matrix, of which `make test-faults` runs every cell."""

from __future__ import annotations

from faults.bench import CONVERGED
from faults.cells import Cell
from faults.kinds import KINDS
from faults.matrix import Matrix, matrix

CALLS = 3


def test_whatever_goes_wrong_at_a_call_the_next_apply_puts_it_right() -> None:
    with matrix() as whole:
        chosen = spread(whole)
        outcomes = {cell: text for done in whole.outcomes(chosen) for cell, text in done.items()}
    assert {cell.kind for cell in outcomes} == {*KINDS}
    assert not {str(cell): text for cell, text in outcomes.items() if text != CONVERGED}


def spread(whole: Matrix) -> list[Cell]:
    """Of every operation of every resource one fault, the next one each time, at a few of its calls."""
    operations = list(dict.fromkeys((row.scene, row.operation) for row in whole.rows))
    chosen = []
    for number, operation in enumerate(operations):
        rows = [row for row in whole.rows if (row.scene, row.operation) == operation]
        # One step further with each resource, so that no operation meets the same faults in all of them.
        kind = KINDS[(number + number // 4) % len(KINDS)]
        chosen += [Cell(row, kind) for row in rows[:: max(1, -(-len(rows) // CALLS))]]
    return chosen
