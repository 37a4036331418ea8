"""House rules that no lint knows."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for crate in ("asker", "catalog", "lambda", "proto", "provider")
    for path in (ROOT / crate).glob("src/**/*.rs")
)


def without_tests(path: Path) -> str:
    is_test = path.name == "tests.rs" or path.parent.name == "tests"
    return "" if is_test else path.read_text().split("#[cfg(test)]")[0]


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
    # An API may have the name of a log type.
    named = re.compile(rf'(?<!name: )"({names})"')
    chatty = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "log_types" not in str(path) and named.search(without_tests(path))
    ]
    assert not chatty, f"Loop over LOG_TYPES instead of naming one in {chatty}"


def test_the_guides_quote_what_the_code_says() -> None:
    """`...` and `<...>` stand for what is filled in. What others say stands outside the tables."""
    said = "".join(path.read_text() for path in [*SOURCES, *(ROOT / "modules").rglob("*.tf")])
    said = re.sub(r"\\\n\s*", "", said).replace('\\"', '"')
    parts = [part.strip(" :,;`") for text in quoted() for part in re.split(r"\.\.\.|<[^>]+>", text)]
    invented = [part for part in parts if part not in said]
    assert len(parts) > 30 and not invented, f"Nothing says {invented}"


def test_every_message_of_terraform_is_in_a_guide() -> None:
    shown = {re.sub(r"<[^>]+>", "...", text) for text in quoted()}
    messages = summaries()
    missing = [text for text in messages if re.sub(r"\{[^}]*\}", "...", text) not in shown]
    assert len(messages) > 50 and not missing, (
        f"docs/guides/troubleshooting.md does not tell what to do at {missing}"
    )


def quoted() -> list[str]:
    """What the guide says that the code says: the columns of its tables, but for the last."""
    guide = (ROOT / "docs/guides/troubleshooting.md").read_text()
    rows = re.findall(r"(?m)^\| (.+) \| .+? \|$", guide)
    return [text for row in rows for text in re.findall(r"`([^`]+)`", row)]


def summaries() -> set[str]:
    """The first lines of all diagnostics: literals, or a `summary` that is one in the same file."""
    found = set()
    for path in SOURCES:
        text = re.sub(r"\\\n\s*", "", without_tests(path))
        said = r"(?:Diagnostic|Self)::(?:error|warning)\(\s*"
        made = r"(?:format!\(\s*)"
        before = rf'(?:{said}{made}?|summary = {made}?|fn summary[^"}}]*{made})'
        literal = rf'{before}"((?:[^"\\]|\\.)*)"'
        here = re.findall(literal, text)
        named = re.findall(rf"{said}summary\b", text)
        other = re.findall(rf'{said}(?!\s|summary|format!|")(.+)', text)
        assert not other, f"{path.name}: begin a diagnostic with a literal or `summary`, not {other}"
        assert not named or here, f"{path.name}: where is its summary?"
        found.update(here)
    return found


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "modules").rglob("*.md")]
    links = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    ]
    broken = [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()]
    assert links and not broken, f"These lead nowhere: {broken}"
