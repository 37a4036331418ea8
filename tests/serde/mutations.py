"""Sample lines with one character changed: whatever became of them, both readers say the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

from serde.catalog import LogType
from serde.readers import Readers, Reading
from serde.records import of_lines, opened

COUNT = 4000
SEED = 20181130
CHARACTERS = " \"\\-0:x9aG[]().,/=%#'\t\0\x7f\x85é€\u2028🦀"


def read(readers: Readers, log_type: LogType) -> Reading:
    return readers.read(log_type, of_lines("mutations", list(mutated(log_type))))


def mutated(log_type: LogType) -> Iterator[bytes]:
    chance = random.Random(SEED)
    lines = [line.decode() for line in opened(log_type.sample, "").lines if line]
    for _ in range(COUNT):
        line, character = chance.choice(lines), chance.choice(CHARACTERS)
        at = chance.randrange(len(line))
        removed = chance.choice([0, 1])
        added = chance.choice(["", character]) if removed else character
        yield (line[:at] + added + line[at + removed :]).encode()
