"""The whole: finds the rows, runs rounds of cells on as many benches as there are cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import TypeVar

from faults.bench import Bench
from faults.cells import Cell, Row, rounds
from faults.kinds import KINDS
from faults.scenes import SCENES
from local import running

Job, Result = TypeVar("Job"), TypeVar("Result")


class Matrix:
    """Every call that every resource makes, times every fault."""

    def __init__(self, benches: Sequence[Bench]):
        self.benches = benches
        self.rows: list[Row] = [row for rows in self._shared(Bench.rows, SCENES) for row in rows]
        self.cells = [Cell(row, kind) for kind in KINDS for row in self.rows]

    def outcomes(self, cells: Sequence[Cell]) -> Iterator[dict[Cell, str]]:
        """What becomes of these cells, round by round."""
        return self._shared(Bench.outcomes, list(rounds(cells)))

    def _shared(self, work: Callable[[Bench, Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        free: SimpleQueue[Bench] = SimpleQueue()
        for bench in self.benches:
            free.put(bench)

        def on_a_bench(job: Job) -> Result:
            bench = free.get()
            try:
                return work(bench, job)
            finally:
                free.put(bench)

        with ThreadPoolExecutor(len(self.benches)) as pool:
            yield from pool.map(on_a_bench, jobs)


@contextmanager
def matrix() -> Iterator[Matrix]:
    with ExitStack() as ending:
        folders = (ending.enter_context(TemporaryDirectory()) for _ in range(os.cpu_count() or 1))
        yield Matrix([Bench(Path(folder), ending.enter_context(running())) for folder in folders])
