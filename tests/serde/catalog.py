"""The catalogue's side: its log types, their tables, and lines as its native reader has them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Hive's name of it in a table's parameters.
HEADER = "skip.header.line.count"


@dataclass
class LogType:
    name: str
    table: dict
    # The same, were its files written as Parquet.
    parquet: dict
    # The columns whose text a client writes.
    foreign: list[str]
    # The fields that a log's owner can choose.
    choice: list[str]
    # The first line of a file that tells its own format.
    told_by: str | None = None

    @property
    def types(self) -> dict[str, str]:
        return {column["name"]: column["ty"] for column in self.table["columns"]}

    @property
    def types_by_key(self) -> dict[str, str]:
        """Of JSON, whose keys may be others than the columns' names."""
        keys = self.table["serde_parameters"]
        return {keys.get(f"mapping.{name}", name): ty for name, ty in self.types.items()}

    @property
    def is_json(self) -> bool:
        return "Json" in self.table["serde_library"]

    @property
    def is_list(self) -> bool:
        """Whether a file is one list of records, which Athena reads with a class that cannot be had."""
        return "CloudTrail" in self.table["input_format"]

    @property
    def is_regex(self) -> bool:
        return "input.regex" in self.table["serde_parameters"]

    @property
    def is_delimited(self) -> bool:
        return "field.delim" in self.table["serde_parameters"]

    @property
    def header_lines(self) -> int:
        return int(self.table["parameters"].get(HEADER, 0))

    @property
    def sample(self) -> Path:
        return ROOT / f"catalog/samples/{self.name}.log"

    @property
    def golden(self) -> Path:
        return ROOT / f"catalog/tests/golden/{self.name}.rows.txt"

    def with_header_lines(self, count: int) -> LogType:
        parameters = self.table["parameters"] | {HEADER: str(count)}
        return replace(self, table=self.table | {"parameters": parameters})


class Catalog:
    """Asks the example `proof` of the crate."""

    def __init__(self, program: Path) -> None:
        self.program = program

    def log_types(self) -> list[LogType]:
        described = json.loads(self.ask(b"", "tables"))
        return [LogType(name, **rest) for name, rest in described.items()]

    def of_file(self, log_type: LogType, first_line: bytes) -> LogType:
        """With the format that the file tells of itself: the fields of some logs are their owners' choice."""
        told = json.loads(self.ask(first_line, "told", log_type.name))
        return LogType(log_type.name, **told, told_by=first_line.decode()) if told else log_type

    def read(self, log_type: LogType, lines: list[bytes]) -> list[dict | None]:
        """Each line's `row` by column, or `reject`; None where lines of this format are for Hive alone."""
        records = b"".join(line + b"\n" for line in lines)
        told = [log_type.told_by] if log_type.told_by else []
        answers = self.ask(records, "read", log_type.name, *told)
        return [json.loads(answer) for answer in answers.splitlines()]

    def ask(self, records: bytes, *arguments: str) -> bytes:
        return subprocess.run(
            [self.program, *arguments], input=records, capture_output=True, check=True
        ).stdout
