"""Forwarders of 17 regions beside that of one, where AWS takes as long for an answer as it does from afar."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import row, title
from bench.life import operate
from bench.peer import Peer
from local import LocalAws, running
from terraform import PROVIDER, Terraform

# All that an account has without asking for more.
REGIONS = """
ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1
eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2
""".split()
ANSWER_MS = 50
# What AWS takes to make up its mind is no part of it: it is the same for everybody.
PROMPT = {"role_looks": 0, "pending_reads": 0, "update_reads": 0}


def measure(_: Peer | None) -> None:
    with running() as local_aws:
        local_aws.settings(**PROMPT)
        one = applied(local_aws, 1)
        together = applied(local_aws, len(REGIONS), "-parallelism=17")
        usual = applied(local_aws, len(REGIONS))
        by_turns = applied(local_aws, len(REGIONS), "-parallelism=1")
    title(f"forwarders, {ANSWER_MS} ms for each answer of AWS", "apply, s", "of one")
    row("1 region", one, "1.0x")
    row("17 regions, -parallelism=17", together, f"{together / one:.1f}x")
    row("17 regions, as Terraform does, 10 at once", usual, f"{usual / one:.1f}x")
    row("17 regions, one after another", by_turns, f"{by_turns / one:.1f}x")


def applied(local_aws: LocalAws, count: int, *arguments: str) -> float:
    """The seconds that the forwarders take; their hub is there before."""
    local_aws.clear_faults()
    with TemporaryDirectory() as folder:
        terraform = Terraform(Path(folder), local_aws.url)
        terraform.write(configuration(count))
        terraform.init()
        terraform.apply("-target=logenabler_hub.this")
        local_aws.faults([{"count": None, "delay_ms": ANSWER_MS}])
        taken = operate(terraform, PROVIDER, "apply", "-auto-approve", *arguments)
        local_aws.clear_faults()
        terraform.destroy()
    return taken.seconds


def configuration(count: int) -> str:
    """A hub, and so many forwarders, over all regions."""
    regions = ", ".join(f'"{region}"' for region in REGIONS)
    return f"""
provider "logenabler" {{
  skip_trail_check = true
}}
locals {{
  regions = [{regions}]
}}
resource "logenabler_hub" "this" {{}}
resource "logenabler_region_forwarder" "this" {{
  count         = {count}
  region        = local.regions[count.index % length(local.regions)]
  rule_name     = "forwarder-${{count.index}}"
  event_bus_arn = logenabler_hub.this.event_bus_arn
}}
"""
