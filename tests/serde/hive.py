"""One Java process that reads files as Hive does: see java/Serde.java."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

SOURCES = Path(__file__).with_name("java")
# Hive 2 looks into a class that Java 17 keeps to itself.
OPTIONS = ["-Xmx1g", "--add-opens", "java.base/java.net=ALL-UNNAMED"]


class TableError(Exception):
    """Hive refuses the table itself."""


class Hive:
    """A table and the path of a file in, one answer for each record out."""

    def __init__(self, process: subprocess.Popen, said: BinaryIO) -> None:
        self.process = process
        self.said = said

    def read(self, table: dict, path: Path, rounds: int = 0) -> list[dict]:
        """Each record's `row` or `error`; with rounds, how many `milliseconds` the quickest of them took."""
        self.ask({"table": table, "path": str(path), "rounds": rounds})
        answers = []
        while "end" not in (answer := self.answer()):
            answers.append(answer)
        if answer["end"]:
            raise TableError(answer["end"])
        return answers

    def write_parquet(self, schema: str, rows: list[list], path: Path) -> None:
        """A file with these values, nested ones as lists and maps."""
        self.ask({"schema": schema, "rows": rows, "path": str(path)})
        if failure := self.answer()["end"]:
            raise RuntimeError(failure)

    def ask(self, job: dict) -> None:
        self.process.stdin.write(json.dumps(job).encode() + b"\n")
        self.process.stdin.flush()

    def answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            self.said.seek(0)
            raise RuntimeError("Java ended: " + self.said.read().decode(errors="replace")[-2000:])
        return json.loads(line)


@contextmanager
def running(java: str, jars: list[Path]) -> Iterator[Hive]:
    classpath = ":".join(f"{folder}/*" for folder in jars)
    janino = ["org.codehaus.janino.JavaSourceClassLoader", "-sourcepath", str(SOURCES), "Serde"]
    command = [java, *OPTIONS, "-cp", classpath, *janino]
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=said) as process,
    ):
        yield Hive(process, said)
