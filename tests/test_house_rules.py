"""House rules that no lint knows."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for crate in ("catalog", "lambda", "proto", "provider")
    for path in (ROOT / crate).glob("src/**/*.rs")
)


def without_tests(path: Path) -> str:
    return path.read_text().split("#[cfg(test)]")[0] if path.name != "tests.rs" else ""


def test_every_file_says_what_it_is() -> None:
    silent = [str(path.relative_to(ROOT)) for path in SOURCES if not path.read_text().startswith("//! ")]
    assert not silent, f"These begin without a //! line: {silent}"


def test_the_catalogue_does_no_input_or_output() -> None:
    forbidden = re.compile(r"\b(std::(fs|env|io|net|process|thread|time)|tokio|async fn)\b")
    loud = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "catalog/" in str(path) and forbidden.search(without_tests(path))
    ]
    assert not loud, f"The catalogue is pure; move the I/O out of {loud}"


def test_nothing_outside_its_folder_names_a_log_type() -> None:
    files = (ROOT / "catalog/src/log_types").glob("*.rs")
    names = "|".join(path.stem for path in files if path.stem != "mod")
    named = re.compile(rf'"({names})"')
    chatty = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "log_types" not in str(path) and named.search(without_tests(path))
    ]
    assert not chatty, f"Loop over LOG_TYPES instead of naming one in {chatty}"
