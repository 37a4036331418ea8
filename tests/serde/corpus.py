"""Other people's records: DIR/<log type>/ with files of any name, compressed or not.

A folder may also be called after what several log types begin with, such as `network_firewall`: each of its
files is then of the one that it fits best.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from serde.catalog import LogType
from serde.readers import Readers, Reading
from serde.records import File, opened

HEADINGS = ["records", "rows", "all NULL", "rejects", "disagreements"]


def check(readers: Readers, log_types: list[LogType], folder: Path) -> list[str]:
    """Prints a line for each file; returns what is wrong."""
    readings = [reading for place in sorted(folder.iterdir()) for reading in read(readers, log_types, place)]
    print_numbers(readings)
    for note in [*(note for reading in readings for note in notes(reading)), *not_read(log_types, folder)]:
        print(note)
    if not any(reading.records for reading in readings):
        return [f"There is no record in {folder}: name its folders after log types."]
    return [problem for reading in readings for problem in problems(reading)]


def read(readers: Readers, log_types: list[LogType], place: Path) -> Iterator[Reading]:
    meant = named(log_types, place.name)
    for path in sorted(place.rglob("*")):
        if meant and path.is_file():
            file = opened(path, str(path.relative_to(place.parent)))
            yield min((read_as(readers, log_type, file) for log_type in meant), key=misfits)


def named(log_types: list[LogType], name: str) -> list[LogType]:
    exactly = [log_type for log_type in log_types if log_type.name == name]
    return exactly or [log_type for log_type in log_types if log_type.name.startswith(f"{name}_")]


def read_as(readers: Readers, log_type: LogType, file: File) -> Reading:
    of_json = file.with_a_record_a_line()
    written = readers.catalog.of_file(log_type, next(iter(of_json.lines), b""))
    return readers.read(written, of_json if written.is_json else file)


def misfits(reading: Reading) -> tuple[int, int]:
    return len(problems(reading)), sum(reading.unknown.values())


def print_numbers(readings: list[Reading]) -> None:
    width = max((len(reading.file) for reading in readings), default=0)
    print(" " * width, *HEADINGS, sep="  ")
    for reading in readings:
        numbers = [f"{number:{len(heading)}}" for number, heading in zip(counted(reading), HEADINGS)]
        print(reading.file.ljust(width), *numbers, sep="  ")


def counted(reading: Reading) -> list[int]:
    records, nulls = len(reading.records), len(reading.nulls)
    return [records, records - nulls, nulls, len(reading.rejects), len(reading.disagreements)]


def notes(reading: Reading) -> Iterator[str]:
    skipped, others = reading.log_type.header_lines, len(reading.lines) - len(reading.records)
    if reading.header_lines < skipped:
        yield f"{reading.file}: of {skipped} header lines that Hive skips, {reading.header_lines} are there."
    if others:
        yield f"{reading.file}: {others} of its lines are empty or a load balancer's test, and no records."
    for key, count in sorted(reading.unknown.items()):
        yield f"{reading.file}: unknown key {key}, {count} times."


def not_read(log_types: list[LogType], folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not named(log_types, path.name):
            yield f"{path.name}/: no such log type, not read."


def problems(reading: Reading) -> list[str]:
    found = sorted({*reading.nulls, *reading.rejects, *reading.disagreements})
    return [f"{reading.file}:{number}: {what}" for number, what in found]
