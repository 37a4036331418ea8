"""1,000 instances of a resource that asks nobody: what the framework itself takes, beside the peer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figures, ratio, row, title
from bench.life import OPERATIONS, live
from bench.peer import Peer
from terraform import ROOT, Terraform

INSTANCES = 1000
ROUNDS = 3
PANTRY = ROOT / "target/release/examples/terraform-provider-pantry"


@dataclass(frozen=True)
class Runner:
    """A provider, and a configuration of 1,000 of its resources."""

    name: str
    address: str
    version: str
    binary: Path
    configuration: Callable[[Path], str]


def measure(peer: Peer | None) -> None:
    ours = Runner("logenabler's framework (its example, jars)", "example/pantry", "0.1.0", PANTRY, jars)
    runners = [ours]
    if peer:
        runners.append(Runner(peer.address, peer.address, peer.version, peer.binary, times))
    figures = {runner: {name: Figures() for name in (*OPERATIONS, "peak_mb")} for runner in runners}
    for _ in range(ROUNDS):
        for runner in runners:
            for name, taken in lived(runner).items():
                figures[runner][name].add(taken)
    title(f"{INSTANCES:,} instances, median of {ROUNDS}, s", *OPERATIONS, "peak MB")
    medians = {
        runner: [figure.median for figure in operations.values()] for runner, operations in figures.items()
    }
    for runner in runners:
        row(runner.name, *medians[runner])
    if peer:
        ratio(peer.address, medians[runners[1]], medians[ours])


def lived(runner: Runner) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        terraform = Terraform(Path(folder), "http://127.0.0.1:9")
        terraform.offer(runner.address, runner.version, runner.binary)
        terraform.write_all(runner.configuration(Path(folder)))
        terraform.init()
        taken = live(terraform, runner.binary)
    return {name: one.seconds for name, one in taken.items()} | {
        "peak_mb": max(one.peak_mb for one in taken.values())
    }


def jars(folder: Path) -> str:
    shelf = folder / "shelf"
    shelf.mkdir()
    return f"""
terraform {{
  required_providers {{
    pantry = {{ source = "example/pantry" }}
  }}
}}
provider "pantry" {{
  folder = "{shelf}"
}}
resource "pantry_jar" "this" {{
  count = {INSTANCES}
  name  = "jar-${{count.index}}"
  tags  = ["a", "b"]
}}
"""


def times(_: Path) -> str:
    return f"""
terraform {{
  required_providers {{
    time = {{ source = "hashicorp/time" }}
  }}
}}
resource "time_static" "this" {{
  count    = {INSTANCES}
  triggers = {{
    name = "jar-${{count.index}}"
  }}
}}
"""
