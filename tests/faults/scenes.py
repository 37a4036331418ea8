"""The resources whose calls are disturbed: each as it is made, and as it is changed to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from local import LocalAws

OPERATIONS = ("create", "read", "update", "delete")
HOME, ELSEWHERE = "ap-southeast-2", "us-east-1"
# A cell has a region to itself, so that many share one apply and none disturbs another.
REGIONS = """ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ca-central-1
eu-central-1 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 me-south-1 sa-east-1 us-east-2 us-west-1
us-west-2""".split()


@dataclass(frozen=True, eq=False)
class Scene:
    """One resource of a region, as HCL, and what has to be there before it."""

    name: str
    resource: str
    made: str
    changed: str
    surroundings: Callable[[LocalAws, Sequence[str]], None] = lambda *_: None
    regions: Sequence[str] = tuple(REGIONS)
    calls: str = r"(?!sts:).*"

    def configuration(self, operation: str, regions: Sequence[str], limit: int) -> str:
        """One in each region, as it is planned for that operation; none takes more seconds than the limit."""
        arguments = self.changed if operation == "update" else self.made
        limits = "".join(f'    {each} = "{limit}s"\n' for each in OPERATIONS if each != "read")
        blocks = (
            f'resource "{self.resource}" "{region}" {{\n  region = "{region}"\n'
            f"{arguments.replace('REGION', region)}\n  timeouts {{\n{limits}  }}\n}}\n"
            for region in regions
        )
        return 'provider "logenabler" {\n  max_retries = 2\n}\n' + "".join(blocks)


def buses(local_aws: LocalAws, _: Sequence[str]) -> None:
    """Two buses that forwarders may send to."""
    events = local_aws.client("events", ELSEWHERE)
    there = {bus["Name"] for bus in events.list_event_buses()["EventBuses"]}
    for name in {"one", "two"} - there:
        events.create_event_bus(Name=name)
        events.put_permission(
            EventBusName=name, Action="events:PutEvents", Principal=ACCOUNT, StatementId="forwarders"
        )


def databases(local_aws: LocalAws, regions: Sequence[str]) -> None:
    """What a hub left behind that was removed before its table schemas: the last of them takes it along."""
    for region in regions:
        glue = local_aws.client("glue", region)
        if not glue.get_databases()["DatabaseList"]:
            owner = {"logenabler:owner": f"hub/{region}/log-enablement-bus"}
            glue.create_database(DatabaseInput={"Name": "log_enablement_bus_schemas", "Parameters": owner})


ACCOUNT = "123456789012"

HUB = f"""
  function_package         = "one.zip"
  architecture             = "x86_64"
  memory_size              = 256
  timeout                  = 30
  log_level                = "debug"
  log_retention_days       = 7
  reserved_concurrency     = 3
  permissions_boundary_arn = "arn:aws:iam::{ACCOUNT}:policy/boundary"
  source_account_ids       = ["111111111111"]
  organization_id          = "o-a1b2c3d4e5"
  tags                     = {{ team = "platform", cost = "1" }}"""
CHANGED_HUB = """
  function_package   = "two.zip"
  architecture       = "x86_64"
  log_retention_days = 14
  source_account_ids = ["222222222222"]
  tags               = { team = "security" }"""
BUS = f"arn:aws:events:{ELSEWHERE}:{ACCOUNT}:event-bus"
FORWARDER = f"""
  event_bus_arn = "{BUS}/one"
  rule_name     = "forward"
  tags          = {{ team = "platform", cost = "1" }}"""
CHANGED_FORWARDER = f"""
  event_bus_arn = "{BUS}/two"
  rule_name     = "forward"
  log_types     = ["alb_access", "waf"]
  tags          = {{ team = "security" }}"""
TABLE_SCHEMA = f"""
  event_bus_arn = "arn:aws:events:REGION:{ACCOUNT}:event-bus/log-enablement-bus"
  log_type      = "waf\""""

SCENES = [
    Scene("provider", "logenabler_hub", "", "memory_size = 256", regions=(HOME,), calls="sts:.*"),
    Scene("hub", "logenabler_hub", HUB, CHANGED_HUB),
    Scene("region_forwarder", "logenabler_region_forwarder", FORWARDER, CHANGED_FORWARDER, buses),
    Scene(
        "table_schema",
        "logenabler_table_schema",
        TABLE_SCHEMA,
        TABLE_SCHEMA + '\n  projection_start = "NOW-90DAYS"',
        databases,
    ),
]
