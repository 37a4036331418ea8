"""From the start of the process to the first table: what the first event of a quiet day waits for."""

from __future__ import annotations

import time

from bench.figures import Figures, ratio, row, title
from bench.function.events import EVENT
from bench.function.process import Program, running
from bench.function.programs import OURS, PROGRAMS, THEIRS

STARTS = 25
STEPS = ("first poll", "table", "answer")


async def measure() -> None:
    figures = {program: {step: Figures() for step in STEPS} for program in PROGRAMS}
    for _ in range(STARTS):  # Turn about, so that whatever else this machine does meets both.
        for program in PROGRAMS:
            for step, seconds in (await start(program)).items():
                figures[program][step].add(seconds * 1000)
    medians = {program: [steps[step].median for step in STEPS] for program, steps in figures.items()}
    title(f"cold: from the start to ..., median of {STARTS}, ms", *STEPS, "most")
    for program in PROGRAMS:
        row(program.name, *medians[program], figures[program]["answer"].most)
    ratio(THEIRS.name, medians[THEIRS], medians[OURS])
    row("to reach", "", "15x")


async def start(program: Program) -> dict[str, float]:
    """One life with one event. Our answer comes after a view over the table, and a second look at both."""
    async with running(program) as process:
        await process.handle(EVENT)
        answered = time.perf_counter()
        if len(process.aws.locations) != 1:
            raise RuntimeError(f"{program.name} made no table; it called {process.aws.calls}")
        steps = zip(STEPS, (await process.first_poll(), process.aws.first_made, answered))
        return {step: at - process.started for step, at in steps}
