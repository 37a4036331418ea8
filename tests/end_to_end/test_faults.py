"""A spread of the fault matrix, of which `make test-faults` runs every cell; and what it has to see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from faults.__main__ import main
from faults.bench import CONVERGED
from faults.cells import Cell
from faults.kinds import KINDS, Kind
from faults.matrix import Matrix, matrix
from faults.scenes import SCENES, Scene
from local import LocalAws
from terraform import ROOT

CALLS = 3

# What the provider calls, but no resource does.
OF_NO_RESOURCE = {
    "events:ListEventBuses": "terraform query lists hubs",
    "glue:GetDatabases": "terraform query lists table schemas",
    "sqs:ChangeMessageVisibility": "an action replays events",
    "sqs:DeleteMessage": "an action replays events",
    "sqs:ReceiveMessage": "an action replays events",
}


@pytest.fixture(scope="module")
def whole() -> Iterator[Matrix]:
    with matrix() as whole:
        yield whole


def test_whatever_goes_wrong_at_a_call_the_next_apply_puts_it_right(whole: Matrix) -> None:
    chosen = spread(whole)
    outcomes = {cell: text for done in whole.outcomes(chosen) for cell, text in done.items()}
    assert {cell.kind for cell in outcomes} == {*KINDS}
    assert not {str(cell): text for cell, text in outcomes.items() if text != CONVERGED}


def test_every_call_that_a_resource_can_make_is_in_the_matrix(whole: Matrix) -> None:
    reached = {row.call for row in whole.rows}
    assert not reached & OF_NO_RESOURCE.keys()
    assert reached | OF_NO_RESOURCE.keys() == calls_in_code()


@pytest.mark.parametrize("operation", ["create", "read", "update", "delete"])
def test_every_resource_is_disturbed_in_every_operation(whole: Matrix, operation: str) -> None:
    disturbed = {row.scene.resource for row in whole.rows if row.operation == operation}
    assert disturbed == {scene.resource for scene in SCENES}


def calls_in_code() -> set[str]:
    """Every call is named where it is made; the look for a trail is data of the catalogue."""
    sources = "".join(path.read_text() for path in (ROOT / "provider/src").rglob("*.rs"))
    named = re.findall(r'(?:send!|\.named|\.call|\.find)\(\s*"(\w+:\w+)"', sources)
    looked_up = re.findall(r'"(\w+)",\n', (ROOT / "catalog/src/management_events.rs").read_text())
    return {"sts:GetCallerIdentity", *named, *(f"cloudtrail:{operation}" for operation in looked_up)}


def spread(whole: Matrix) -> list[Cell]:
    """Of every operation of every resource one fault, another one each time, at a few of its calls."""
    operations = list(dict.fromkeys((row.scene, row.operation) for row in whole.rows))
    chosen = []
    for number, operation in enumerate(operations):
        rows = [row for row in whole.rows if (row.scene, row.operation) == operation]
        # Steps of three: no operation meets the same fault in two resources, and no read waits for silence.
        kind = KINDS[(3 * number + 1) % len(KINDS)]
        chosen += [Cell(row, kind) for row in rows[:: max(1, -(-len(rows) // CALLS))]]
    return chosen


def forgotten(local_aws: LocalAws, regions: Sequence[str]) -> None:
    """As if the create had made a queue too that Terraform knows nothing of."""
    SCENES[-1].surroundings(local_aws, regions)
    if local_aws.inventory()["tables"]:
        local_aws.client("sqs", regions[0]).create_queue(QueueName="forgotten")


TABLE_SCHEMA = replace(SCENES[-1], updates={})
ONCE_DENIED = Kind("denied", {"error": "AccessDeniedException", "status": 400, "count": 1}, survived=True)


@pytest.mark.parametrize(
    ("scene", "kind", "says"),
    [
        (replace(TABLE_SCHEMA, surroundings=forgotten), KINDS[0], "forgotten"),
        (replace(TABLE_SCHEMA, named="event_buses"), KINDS[1], "It should name imports in []"),
        (TABLE_SCHEMA, ONCE_DENIED, "It ended with 1"),
    ],
    ids=["an orphan", "an import that should not be", "a failure that should not be"],
)
def test_what_does_not_converge_fails_the_matrix(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], scene: Scene, kind: Kind, says: str
) -> None:
    monkeypatch.setattr("faults.matrix.SCENES", [scene])
    for module in ("matrix", "__main__"):
        monkeypatch.setattr(f"faults.{module}.KINDS", [kind])
    assert main(["create", "glue:CreateTable"]) == 1
    said = capsys.readouterr().out
    assert says in said
    assert f'again: make test-faults ONLY="table_schema create glue:CreateTable {kind.name}"' in said
