"""The cells of the matrix: the calls that the journal tells of, times the faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from faults.kinds import Kind
from faults.scenes import Scene
from local import LocalAws

# What only an advice depends on, or what a schedule does all the same: no command fails with it.
ADVICE = re.compile("cloudtrail:|lambda:Invoke$")
LOOK = re.compile(r"\w+:(Describe|Get|List)")


@dataclass(frozen=True)
class Row:
    """One call that a resource makes in one operation."""

    scene: Scene
    operation: str
    call: str

    @property
    def is_look_of_update(self) -> bool:
        return self.operation in self.scene.updates and LOOK.match(self.call) is not None

    def __str__(self) -> str:
        return f"{self.scene.name} {self.operation} {self.call}"


@dataclass(frozen=True)
class Cell:
    """One fault at one call."""

    row: Row
    kind: Kind

    @property
    def survived(self) -> bool:
        """Whether the command succeeds all the same."""
        is_advice = ADVICE.match(self.row.call) is not None
        return self.kind.survived or (is_advice and not self.kind.kills)

    def __str__(self) -> str:
        return f"{self.row} {self.kind.name}"


def rows(scene: Scene, operation: str, local_aws: LocalAws) -> list[Row]:
    """The distinct calls that Terraform made, in the order of their first time."""
    made = (f"{c['service']}:{c['operation']}" for c in local_aws.journal() if c["actor"] == "terraform")
    return [Row(scene, operation, call) for call in dict.fromkeys(made) if re.fullmatch(scene.calls, call)]


def distinct(rows: Sequence[Row]) -> list[Row]:
    """Every update of a resource begins with the same looks: they count once."""
    looks = {row.call: row for row in reversed(rows) if row.is_look_of_update}
    return [row for row in rows if not row.is_look_of_update or looks[row.call] is row]


def rounds(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Cells that share their commands: one fault of one operation, each at its own call in its own region."""

    def shared(cell: Cell) -> tuple[str, str, str, bool]:
        return cell.row.scene.name, cell.row.operation, cell.kind.name, cell.survived

    for _, group in groupby(cells, shared):
        alike = list(group)
        size = len(alike[0].row.scene.regions)
        yield from (alike[start : start + size] for start in range(0, len(alike), size))
