"""Event after event in one process of each program, kind by kind: time, processor, calls, memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from bench.figures import Figures, ratio, row, title
from bench.function.events import EVENT, OTHERS
from bench.function.glue import WRITES
from bench.function.process import Process, Program, running
from bench.function.programs import OURS, PROGRAMS, THEIRS
from bench.function.stand_in import StandIn

ROUNDS, EVENTS = 10, 100


@dataclass(frozen=True, eq=False)
class Kind:
    """What events are about, what happens before each, and whether they did what they should."""

    name: str
    event: dict[str, Any]
    prepare: Callable[[StandIn, int], None]
    is_right: Callable[[StandIn], bool]


def unmoved(aws: StandIn, number: int) -> None:
    """Nothing has happened to the load balancer."""


def moved(aws: StandIn, number: int) -> None:
    aws.bucket = f"logs-{number}"


KINDS = (
    Kind("not ours", OTHERS, unmoved, lambda aws: not aws.calls),
    Kind("nothing changes", EVENT, unmoved, lambda aws: bool(aws.calls) and not WRITES & set(aws.calls)),
    Kind("bucket changed", EVENT, moved, lambda aws: all(f"//{aws.bucket}/" in at for at in aws.locations)),
)


@dataclass
class Taken:
    """What the events of one kind have taken of one program."""

    milliseconds: Figures = field(default_factory=Figures)
    cpu_seconds: float = 0
    calls: int = 0

    def row(self) -> list[float]:
        each = ROUNDS * EVENTS
        times = [self.milliseconds.median, self.milliseconds.percentile(99)]
        return [*times, self.cpu_seconds / each * 1000, self.calls / each]


async def measure() -> None:
    taken = {(program, kind): Taken() for program in PROGRAMS for kind in KINDS}
    async with AsyncExitStack() as stack:
        processes = {program: await stack.enter_async_context(running(program)) for program in PROGRAMS}
        for process in processes.values():
            await process.handle(EVENT)  # The first table, and all that is made once.
        for _ in range(ROUNDS):
            for (program, kind), so_far in taken.items():
                await send(processes[program], kind, so_far)
        peaks = {program: process.peak_mb for program, process in processes.items()}
    for kind in KINDS:
        show(kind, {program: taken[program, kind].row() for program in PROGRAMS})
    title("peak memory after all these events, MB", "RSS")
    for program, peak in peaks.items():
        row(program.name, peak)
    ratio(THEIRS.name, [peaks[THEIRS]], [peaks[OURS]])
    row("to reach", "3x")


async def send(process: Process, kind: Kind, taken: Taken) -> None:
    """One round of events; one that does not do what it should is an error, not a figure."""
    process.aws.calls.clear()
    before = process.cpu_seconds
    for number in range(EVENTS):
        kind.prepare(process.aws, number)
        taken.milliseconds.add(await process.handle(kind.event) * 1000)
    taken.cpu_seconds += process.cpu_seconds - before
    taken.calls += len(process.aws.calls)
    if not kind.is_right(process.aws):
        raise RuntimeError(f"{kind.name}: not as it should be, after {process.aws.calls[-5:]}")


def show(kind: Kind, rows: dict[Program, list[float]]) -> None:
    title(f"warm, {kind.name}, {ROUNDS * EVENTS:,} events", "p50, ms", "p99, ms", "CPU, ms", "AWS calls")
    for program, figures in rows.items():
        row(program.name, *figures)
    ratio(THEIRS.name, rows[THEIRS][:3], rows[OURS][:3])
