"""What a client writes into its own column moves no other: the line is read as it was meant, or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from serde.readers import Line, Readers, Reading
from serde.records import of_lines

HOSTILE = [
    '"',
    ' "',
    '" ',
    '" "',
    '" "x" "',
    '" - - "',
    '\\"',
    '\\\\"',
    "\\",
    '" -1 "',
    '"" ""',
    ' HTTP/1.1" "x',
]


@dataclass
class Case:
    before: list
    column: str
    text: str


def read(readers: Readers, sample: Reading) -> tuple[Reading, list[str]]:
    """Also the lines in which another column has moved."""
    cases = list(hostile(sample))
    lines = of_lines("hostile quotes", [case.text.encode() for case in cases])
    reading = readers.read(sample.log_type, lines)
    pairs = [(case, line.hive.get("row")) for case, line in zip(cases, reading.lines)]
    names = list(sample.log_type.types)
    return reading, [
        f"{case.column} moves other columns in {case.text}" for case, row in pairs if moved(names, case, row)
    ]


def hostile(sample: Reading) -> Iterator[Case]:
    """Each line with each hostile text in each column that a client writes."""
    for line in sample.rows:
        for column, value in zip(sample.log_type.types, line.hive["row"]):
            if column in sample.log_type.foreign and value:
                for text in changed(line, value):
                    yield Case(line.hive["row"], column, text)


def changed(line: Line, value: str) -> Iterator[str]:
    """The rest of the line, and the whole of it, are the most hostile of all."""
    text = line.text.decode()
    places = [place for place in (f" {value} ", f'"{value}"') if place in text]
    if sum(map(text.count, places)) != 1:
        return
    before, place, after = text.partition(places[0])
    for played in [*HOSTILE, after, text]:
        for at in (1, len(place) // 2, len(place) - 1):
            yield before + place[:at] + played + place[at:] + after


def moved(names: list[str], case: Case, row: list | None) -> bool:
    """A row of NULLs hides nothing."""
    others = [(was, now) for name, was, now in zip(names, case.before, row or []) if name != case.column]
    return any(was != now for was, now in others)
