"""`make test-chaos`: many events through everything that may go wrong, held against a run in peace.

Usage: python -m chaos [EVENTS [SEED]]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from chaos.crowd import Crowd
from chaos.plan import plan
from chaos.run import Chaos, in_peace
from chaos.stage import REGIONS, Stage
from chaos.weather import WAYS
from local import running

PROCESSES, CROWD = 40, 100
EVENTS_OF_AN_OWNER = 40
# The others are those that EventBridge delivers again.
FIRST_TIME = 0.6
SHOWN = 20


def main(arguments: Sequence[str]) -> int:
    events = int(arguments[0]) if arguments else 10_000
    seed = int(arguments[1]) if len(arguments) > 1 else random.randrange(1_000_000)
    owners = max(44, events // EVENTS_OF_AN_OWNER)
    acts = plan(seed, REGIONS, owners, int(events * FIRST_TIME))
    print(f"SEED={seed}: {owners} resources, {sum(map(len, acts))} changes, first in peace ...", flush=True)
    with running() as local_aws, tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        expected = in_peace(Stage(Path(folder) / "peace", local_aws, PROCESSES), acts)
        print(f"In peace: {time.monotonic() - started:.0f} s. Now in chaos ...", flush=True)
        stage = Stage(Path(folder) / "chaos", local_aws, PROCESSES, seed=seed)
        chaos = Chaos(stage, seed, events, lambda line: print(line, flush=True))
        chaos.play(acts, expected)
        print(figures(chaos), flush=True)
        crowd = Crowd(stage, CROWD)
        crowd.come()
    print("\n".join(crowd.lines))
    complaints = chaos.complaints + crowd.complaints
    for complaint in complaints[:SHOWN]:
        print(f"FAILED  {complaint}")
    if complaints:
        print(f"{len(complaints)} complaints. Again: make test-chaos EVENTS={events} SEED={seed}")
    else:
        print("All tables are those of the run in peace; no event was lost.")
    return 1 if complaints else 0


def figures(chaos: Chaos) -> str:
    """A line for each."""
    seen, struck = chaos.figures, chaos.weather.struck
    events, calls, failed = chaos.put.total(), seen.calls.total(), struck.total()
    rows = {
        "events": f"{events}, {events - len(chaos.put)} of them again",
        "seconds": f"{seen.seconds:.0f}, which is {events / seen.seconds:.1f} events/s",
        "processes at once": PROCESSES,
        "invocations": f"{seen.invocations}, {seen.retries} of them retries, {seen.failed} failed",
        "processes killed in an invocation": seen.kills,
        "calls": f"{calls}, {failed} failed ({failed / calls:.0%})",
        **{f"  {way}": struck[way] for way in WAYS},
        "races": ", ".join(f"{count} {name}" for name, count in seen.races.items()),
        "dead letters": f"{chaos.dead}, gone after {chaos.rounds} replays",
        "peak memory of a process": f"{seen.memory / 1024:.1f} MiB",
    }
    return "\n".join(f"{name:34}{value}" for name, value in rows.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
