"""Writes what a module's README says of its inputs and outputs; `make generate` runs it."""

from __future__ import annotations

import re
from pathlib import Path

MODULES = sorted(path.parent for path in (Path(__file__).parent.parent / "modules").glob("*/README.md"))


def main() -> None:
    for module in MODULES:
        (module / "README.md").write_text(page(module))


def page(module: Path) -> str:
    """The README with its sections of inputs and outputs as they have to be."""
    text = (module / "README.md").read_text()
    inputs, outputs = (blocks(module, kind) for kind in ("variable", "output"))
    rows = [f"| `{name}` | {kind(body)} | {default(body)} | {described(body)} |" for name, body in inputs]
    text = with_table(text, "Inputs", ["| name | type | default | |", "|---|---|---|---|", *rows])
    rows = [f"| `{name}` | {described(body)} |" for name, body in outputs]
    return with_table(text, "Outputs", ["| name | |", "|---|---|", *rows])


def with_table(text: str, section: str, table: list[str]) -> str:
    """The text with this table in the place of the one in a section, which ends at an empty line."""
    old = rf"(?ms)(^## {section}$.+?)^\|.*?(?=\n\n|\n\Z)"
    return re.sub(old, lambda found: found[1] + "\n".join(table), text)


def blocks(module: Path, kind: str) -> list[tuple[str, str]]:
    """Name and body of every block of a kind: what is needed first, then as they are written."""
    text = "".join(path.read_text() for path in sorted(module.glob("*.tf")))
    found = re.findall(rf'(?ms)^{kind} "(\w+)" \{{\n(.+?)^\}}', text)
    return sorted(found, key=lambda block: default(block[1]) != "needed")


def described(body: str) -> str:
    return re.search(r'(?m)^  description = "(.+)"$', body)[1].replace('\\"', '"')


def kind(body: str) -> str:
    return re.search(r"(?m)^  type +=  ?(.+?)(\(\{)?$", body)[1].replace("(object", " of objects")


def default(body: str) -> str:
    found = re.search(r"(?m)^  default +=  ?(.+)$", body)
    return "needed" if not found else "" if found[1] == "null" else f"`{found[1]}`"


if __name__ == "__main__":
    main()
