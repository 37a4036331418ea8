"""What the modules say of themselves, and that every option of a resource can be reached through them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from module_pages import MODULES, blocks, page

ROOT = Path(__file__).resolve().parent.parent
# What only forwarders in other accounts have: the module member makes those.
OF_MEMBERS = {"create_catalog_role", "hub_function_role_arn", "external_id"}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_readme_tells_every_input_and_output(module: Path) -> None:
    text = (module / "README.md").read_text()
    assert text == page(module), "Run `make generate`."
    for kind in ("variable", "output"):
        named = [name for name, _ in blocks(module, kind)]
        assert named and all(f"\n| `{name}` | " in text for name in named)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_every_variable_has_a_type_and_what_can_be_wrong_a_sentence_that_helps(module: Path) -> None:
    for name, body in blocks(module, "variable"):
        assert re.search(r"(?m)^  type ", body), name
        for sentence in re.findall(r'error_message = "(.+)"', body):
            assert re.search(r"\. (Name|Choose|Give|Take|Write)\b", sentence), sentence


def options(resource: str) -> set[str]:
    """What can be said about a resource, as its page tells."""
    text = (ROOT / f"docs/resources/{resource}.md").read_text()
    text = text.partition("## Schema")[2].partition("### Read-Only")[0]
    return set(re.findall(r"(?m)^- `(\w+)`", text)) | {"timeouts"}


@pytest.mark.parametrize(
    ("module", "resource", "lacks"),
    [
        ("log-enabler", "hub", set()),
        ("log-enabler", "region_forwarder", OF_MEMBERS),
        ("log-enabler", "table_schema", {"region"}),
        ("member", "region_forwarder", set()),
    ],
)
def test_every_option_of_a_resource_can_be_reached(module: str, resource: str, lacks: set[str]) -> None:
    text = "".join(path.read_text() for path in (ROOT / "modules" / module).glob("*.tf"))
    (body,) = re.findall(rf'(?ms)^resource "logenabler_{resource}" "this" \{{\n(.+?)^\}}', text)
    said = set(re.findall(r'(?m)^  (?:dynamic ")?(\w+)"? +[={]', body)) - {"for_each", "lifecycle"}
    assert said == options(resource) - lacks


def test_the_call_in_the_readme_of_members_is_that_of_the_example() -> None:
    (call,) = re.findall(r"(?s)```terraform\n(.+?)```", (ROOT / "modules/member/README.md").read_text())
    here = re.sub(r"github\.com/[^/]+/[^/]+//modules", "../../modules", call)
    assert here in (ROOT / "examples/multi-account/main.tf").read_text()


# The examples on pages are applied by test_whole_line and test_queries, whatever their names.
OF_PAGES = {"actions", "data-sources", "functions", "list-resources", "provider", "resources"}


def test_every_other_example_has_a_test_that_applies_it() -> None:
    tests = "".join(path.read_text() for path in (ROOT / "tests/end_to_end").glob("test_*.py"))
    examples = {path.name for path in (ROOT / "examples").iterdir()} - OF_PAGES
    assert {
        name for name in examples if f'copy("{name}")' in tests or f'examples/{name}"' in tests
    } == examples
    assert len(examples) >= 3
