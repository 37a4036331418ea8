"""Sample records of JSON, written otherwise and with other values: both readers say the same of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from serde.readers import Readers, Reading
from serde.records import of_lines

COUNT = 2000
SEED = 20181130
TEXTS = [
    "",
    " ",
    "-",
    'a "b" \\ c',
    "\n\r\t\b\f/",
    "ü日🦀",
    "\x85\u2028\x7f",
    "{}",
    "[1",
    "null",
    "a'b",
    "\u0000",
    "x" * 300,
    0,
    -7,
    1.5,
    10**20,
    True,
    None,
    [],
    ["a", {"B": 1}],
    {"a": {"b": [None]}},
    "<&>",
]
# Anything else in the place of a number ends a query, in this SerDe.
WHOLE = [0, -1, 7, "7", "-7", 2147483647, None]
VALUES = {
    "string": TEXTS,
    "int": WHOLE,
    "bigint": [*WHOLE, 1 << 40, "1099511627776"],
    "float": [0.25, "0.25", 3, 1e-7, None],
    "double": [0.1, "0.1", 3, 1e-7, 1e300, None],
    "boolean": [True, False, "true", "FALSE", None],
}


def read(readers: Readers, sample: Reading) -> Reading:
    return readers.read(sample.log_type, of_lines("mutations", list(mutated(sample))))


def mutated(sample: Reading) -> Iterator[bytes]:
    chance = random.Random(SEED)
    records = [json.loads(line.text) for line in sample.rows]
    for _ in range(COUNT):
        members = list(chance.choice(records).items())
        for name, ty in chance.sample(list(sample.log_type.types.items()), 2):
            members = changed(chance, members, name, VALUES.get(ty, [None]))
        yield written(chance, members)


def changed(chance: random.Random, members: list, name: str, values: list) -> list:
    """One more value of this column, after or before the one that is there, whose key is in some case."""
    key = "".join(chance.choice([letter, letter.upper()]) for letter in name)
    at = chance.choice([0, len(members)])
    return members[:at] + [(key, chance.choice(values))] + members[at:]


def written(chance: random.Random, members: list[tuple[str, Any]]) -> bytes:
    space, ascii = chance.choice(["", " ", "\t"]), chance.choice([True, False])
    pairs = [
        f"{json.dumps(key)}{space}:{space}{json.dumps(value, ensure_ascii=ascii)}" for key, value in members
    ]
    return (space + "{" + space + f"{space},{space}".join(pairs) + space + "}" + space).encode()
