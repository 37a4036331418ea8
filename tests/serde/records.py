"""A file of records, cut into lines as Hadoop cuts it."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path

# What ELB writes into a bucket to try it, in an object of its own; and nothing at all.
NO_RECORD = re.compile(rb"Enable \w+ for ELB: .*|\s*")
GZIP = b"\x1f\x8b"


@dataclass
class File:
    name: str
    # As it lies on disk: Hive opens it itself.
    raw: bytes

    @property
    def is_gzip(self) -> bool:
        return self.raw.startswith(GZIP)

    @property
    def lines(self) -> list[bytes]:
        data = gzip.decompress(self.raw) if self.is_gzip else self.raw
        lines = re.split(rb"\r\n|\r|\n", data.removeprefix(b"\xef\xbb\xbf"))
        return lines if lines[-1] else lines[:-1]

    def with_a_record_a_line(self) -> File:
        """JSON that was laid out for people is what AWS wrote in one line."""
        if all(map(is_json, self.lines)):
            return self
        values = stream(b"\n".join(self.lines))
        if values is None:
            return self
        raw = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
        return File(self.name, raw.encode())

    def with_records_apart(self) -> File:
        """Each record of a list on a line of its own, and what is no such list as it is."""
        apart = [record for line in self.lines for record in records_of(line)]
        return File(self.name, b"".join(record + b"\n" for record in apart))


def records_of(line: bytes) -> list[bytes]:
    try:
        records = json.loads(line)["Records"]
    except (ValueError, KeyError, TypeError):
        return [line]
    return [json.dumps(record, ensure_ascii=False).encode() for record in records]


def opened(path: Path, name: str) -> File:
    return File(name, path.read_bytes())


def of_lines(name: str, lines: list[bytes]) -> File:
    return File(name, b"".join(line + b"\n" for line in lines))


def is_no_record(line: bytes) -> bool:
    return NO_RECORD.fullmatch(line) is not None


def is_json(line: bytes) -> bool:
    try:
        json.loads(line or b"null")
    except ValueError:
        return False
    return True


def stream(data: bytes) -> list | None:
    """JSON values one after the other, or None if it is something else."""
    decoder, text, values = json.JSONDecoder(), data.decode(errors="replace").strip(), []
    while text:
        try:
            value, end = decoder.raw_decode(text)
        except ValueError:
            return None
        values.append(value)
        text = text[end:].lstrip()
    return values
