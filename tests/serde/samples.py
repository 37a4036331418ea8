"""The project's own samples: every row and column the same, and as many rejects as the goldens have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from serde.catalog import LogType
from serde.readers import Readers, Reading
from serde.records import opened


def read(readers: Readers, log_type: LogType) -> Reading:
    return readers.read(log_type, opened(log_type.sample, log_type.sample.name))


def problems(reading: Reading) -> Iterator[str]:
    log_type = reading.log_type
    for number, what in reading.disagreements:
        yield f"{reading.file}:{number}: {what}"
    if reading.header_lines != log_type.header_lines:
        yield f"{reading.file}: its first {log_type.header_lines} lines should be a header"
    expected = known_rejects(log_type)
    # An empty line is passed over in a file.
    found = sum(bool(line.text) and line.other.row is None for line in reading.lines)
    if expected not in (None, found):
        yield f"{reading.file}: {found} lines are rejected, {expected} in {log_type.golden.name}"
    if not reading.rows:
        yield f"{reading.file}: nothing in it is a record"


def known_rejects(log_type: LogType) -> int | None:
    if not log_type.golden.exists():
        return None
    return len(re.findall(r"(?m)^rejected: ", log_type.golden.read_text()))
