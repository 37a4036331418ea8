"""What the processes of a provider take, read from the kernel while Terraform runs them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Taken:
    """Wall and processor seconds, and the most memory that one process had."""

    seconds: float = 0
    cpu_seconds: float = 0
    peak_mb: float = 0


@contextmanager
def watching(binary: Path) -> Iterator[Taken]:
    """Fills in what is taken meanwhile by all processes of this program."""
    taken, stop = Taken(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(binary.resolve(), taken, stop))
    started = time.monotonic()
    watcher.start()
    try:
        yield taken
    finally:
        taken.seconds = time.monotonic() - started
        stop.set()
        watcher.join()


def peak_mb(process: Path) -> float:
    """Of a folder of /proc: the most memory that the process has had."""
    lines = (process / "status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def _watch(binary: Path, taken: Taken, stop: threading.Event) -> None:
    cpu: dict[Path, float] = {}
    while not stop.wait(0.02):
        for process in _processes(binary):
            with suppress(OSError, StopIteration):  # It may end while it is looked at.
                cpu[process] = _cpu_seconds(process)
                taken.peak_mb = max(taken.peak_mb, peak_mb(process))
        taken.cpu_seconds = sum(cpu.values())


def _processes(binary: Path) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.readlink(process / "exe") == str(binary):
                yield process


def _cpu_seconds(process: Path) -> float:
    """User and system time: the 14th and 15th field, counted behind the name in brackets."""
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
