"""A sweep of a region with 5,000 resources: runs, time, memory, and calls for each resource.

There is no peer: the handler in Python does not sweep.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import IO, Any

from bench.figures import row, title
from bench.function.events import REGION
from bench.function.process import Process, running
from bench.function.programs import OURS
from bench.function.region import ACCOUNT, SourceRegion

BUS = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/log-enablement-bus"
PROGRAM = replace(OURS, environment={**OURS.environment, "LOGENABLER_EVENT_BUS_ARN": BUS})
ORDER = {"sweep": {"account": ACCOUNT, "region": REGION}}
# Of a hub by default.
MEMORY_MB = 128
# About what an answer of AWS takes within a region, in seconds.
DISTANCE = 0.020
COLUMNS = ("runs", "s", "CPU, s", "peak, MB", "log, kB", "calls", "each")
COUNTS = ("seen", "created", "updated", "marked", "unchanged", "skipped", "failed")


def as_it_was(aws: SourceRegion) -> None:
    """Nothing happens there."""


def far(aws: SourceRegion) -> None:
    aws.distance = DISTANCE


# One after the other, and what happens before each.
KINDS = {
    "first, all tables are made": as_it_was,
    "again, nothing is new": as_it_was,
    "again, 1 % of settings changed unheard": SourceRegion.change,
    f"again, {DISTANCE * 1000:.0f} ms for every answer": far,
}


@dataclass
class Sweep:
    """What one has taken, and what it said in the end."""

    runs: int = 0
    seconds: float = 0
    cpu_seconds: float = 0
    peak_mb: float = 0
    calls: Counter[str] = field(default_factory=Counter)
    answer: dict[str, Any] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)


async def measure() -> None:
    aws = SourceRegion(OURS.environment["LOGENABLER_SCHEMA_DATABASE"])
    title(f"sweep of {aws.size:,} resources, {len(aws.logging):,} log", *COLUMNS)
    sweeps = {}
    for name, prepare in KINDS.items():
        prepare(aws)
        sweeps[name] = await swept(aws)
        show(name, sweeps[name], aws.size)
    row("to stay far below: a hub's default", "", "", "", f"{MEMORY_MB}")
    row("no peer: the handler in Python does not sweep")
    for name, sweep in sweeps.items():
        show_calls(name, sweep, aws.size)
        show_logs(name, sweep)


async def swept(aws: SourceRegion) -> Sweep:
    """One sweep, in a process of its own. One that misses something is an error, not a figure."""
    aws.calls.clear()
    with tempfile.TemporaryFile() as log:
        async with running(PROGRAM, aws, log) as process:
            sweep = await runs(process, aws)
        sweep.log = lines(log)
    if aws.tables_on != aws.logging:
        wrong = (aws.logging - aws.tables_on) | (aws.tables_on - aws.logging)
        raise RuntimeError(f"Tables are not as settings are: {wrong.most_common(5)}")
    return sweep


async def runs(process: Process, aws: SourceRegion) -> Sweep:
    """Run after run, each started by the one before."""
    sweep, started = Sweep(), time.perf_counter()
    aws.started.append(ORDER)
    while aws.started:
        sweep.answer = json.loads(await process.run(aws.started.popleft()))
        sweep.runs += 1
    sweep.seconds = time.perf_counter() - started
    sweep.cpu_seconds, sweep.peak_mb = process.cpu_seconds, process.peak_mb
    sweep.calls.update(aws.calls)
    return sweep


def lines(log: IO[bytes]) -> list[str]:
    log.seek(0)
    return log.read().decode().splitlines(keepends=True)


def show(name: str, sweep: Sweep, resources: int) -> None:
    calls, log = sweep.calls.total(), sum(map(len, sweep.log)) / 1000
    taken = (sweep.seconds, sweep.cpu_seconds, sweep.peak_mb, log)
    row(name, str(sweep.runs), *taken, f"{calls:,}", calls / resources)


def show_calls(name: str, sweep: Sweep, resources: int) -> None:
    title(f"{name}: calls", "all", "each")
    for operation, calls in sweep.calls.most_common():
        row(operation, f"{calls:,}", calls / resources)


def show_logs(name: str, sweep: Sweep) -> None:
    """What became of logs, as the last run answered; what it logged has to say the same."""
    tally = sweep.answer["swept"]["region"]
    said = {line["log_type"]: line for line in map(json.loads, sweep.log) if line.get("message") == "swept"}
    title(f"{name}: logs", *COUNTS)
    for log_type, counts in tally.items():
        counts = {**counts, "skipped": sum(counts["skipped"].values())}
        if counts != {count: said[log_type][count] for count in COUNTS}:
            raise RuntimeError(f"The log of {log_type} says {said[log_type]}, the answer {counts}")
        row(log_type, *(f"{counts[count]:,}" for count in COUNTS))
