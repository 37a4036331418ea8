"""Trino itself, with Maven."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from serde.fetch import MissingError

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "target/athena"
POM = HERE / "pom.xml"
VERSION = re.search(r"<version>(.+)</version>", POM.read_text())[1]


def trino() -> Path:
    """The folder with its jars: `lib/`, and `plugin/` with a folder for each connector."""
    folder = FOLDER / f"trino-{VERSION}"
    if not folder.exists():
        if not shutil.which("mvn"):
            raise MissingError("Trino comes with Maven only, and there is no mvn on PATH: install Maven.")
        print(f"Preparing Trino {VERSION} with Maven (270 MB, once) ...", flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as temporary:
            from_maven(Path(temporary)).rename(folder)
    return folder


def from_maven(temporary: Path) -> Path:
    folder = temporary / "trino"
    places = [f"-Dmaven.repo.local={temporary / 'repository'}", f"-Dfolder={folder}"]
    command = ["mvn", "--quiet", "--batch-mode", "--file", str(POM), *places, "package"]
    got = subprocess.run(command, capture_output=True, text=True)
    if got.returncode:
        raise MissingError(f"Maven cannot get Trino {VERSION}: {first_line(got.stdout)}")
    return folder


def first_line(said: str) -> str:
    lines = [line for line in said.splitlines() if "[ERROR]" in line]
    return (lines or said.splitlines() or ["it said nothing"])[0]
