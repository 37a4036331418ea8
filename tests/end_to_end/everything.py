"""A configuration that leaves every attribute out of one resource and sets it in another, with its names.

Of every kind, `plain` sets nothing that it need not. No hub sets `function_package`: no import can know it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

from end_to_end.configurations import FORWARDER_RULE, HUB_REGION
from local import LocalAws
from terraform import Terraform

ACCOUNT, FRIENDS, ORGANIZATION = "123456789012", ["111111111111", "222222222222"], "o-a1b2c3d4e5"
ROLE, OTHER_ROLE = f"arn:aws:iam::{ACCOUNT}:role/mine", f"arn:aws:iam::{ACCOUNT}:role/other"
EXTERNAL_ID = "of-the-hub"
THEIR_TOPIC = f"arn:aws:sns:us-west-2:{ACCOUNT}:theirs"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/boundary"

EVERYTHING = f"""
provider "logenabler" {{
  default_tags {{
    tags = {{ origin = "terraform" }}
  }}
}}

resource "logenabler_hub" "plain" {{}}

resource "logenabler_hub" "full" {{
  region                   = "eu-central-1"
  event_bus_name           = "full"
  function_name            = "Full"
  memory_size              = 256
  timeout                  = 30
  log_retention_days       = 7
  log_level                = "debug"
  reserved_concurrency     = 3
  permissions_boundary_arn = "{BOUNDARY}"
  source_account_ids       = {json.dumps(FRIENDS)}
  organization_id          = "{ORGANIZATION}"
  external_id              = "{EXTERNAL_ID}"
  sweep_schedule           = "cron(0 3 * * ? *)"
  dry_run                  = true
  drift_watch              = true
  include_names            = ["shop*", "audit"]
  exclude_names            = ["*-dev"]
  include_tags             = {{ env = "prod*" }}
  exclude_tags             = {{ logs = "none" }}
  enable_saved_queries     = true
  enable_sns_notifications = true
  notification_email       = "logs@example.com"
  lake_formation_readers   = ["{ROLE}"]
  create_alarms            = true
  quiet_days               = 3
  create_dashboard         = true
  tags                     = {{ team = "platform", cost = "1" }}
}}

resource "logenabler_hub" "own_role" {{
  region            = "us-west-2"
  function_role_arn = "{ROLE}"
  sweep_schedule    = "never"

  enable_sns_notifications = true
  notification_topic_arn   = "{THEIR_TOPIC}"

  create_alarms    = true
  quiet_days       = 0
  create_dashboard = true
}}

resource "logenabler_region_forwarder" "plain" {{
  event_bus_arn = logenabler_hub.plain.event_bus_arn
}}

resource "logenabler_region_forwarder" "full" {{
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.full.event_bus_arn
  log_types     = ["alb_access", "waf"]
  rule_name     = "Full"
  role_arn      = "{ROLE}"
  tags          = {{ team = "platform" }}

  create_catalog_role   = true
  hub_function_role_arn = "{ROLE}"
  external_id           = "{EXTERNAL_ID}"

  create_workgroup               = true
  query_results_location         = "s3://query-results/logs/"
  bytes_scanned_cutoff_per_query = 10000000000
}}

resource "logenabler_table_schema" "plain" {{
  event_bus_arn = logenabler_hub.plain.event_bus_arn
  log_type      = "alb_access"
}}

resource "logenabler_table_schema" "full" {{
  region           = "eu-central-1"
  event_bus_arn    = logenabler_hub.full.event_bus_arn
  log_type         = "waf"
  database_name    = "security"
  table_name       = "acl_{{resource_name}}"
  projection_start = "NOW-90DAYS"
  parameters       = {{ owner = "us" }}
  columns = [
    {{ name = "clientasn", type = "bigint" }},
    {{ name = "added", type = "array<string>", comment = "New." }},
  ]
}}
"""

# One resource of EVERYTHING: its address, its region, and the names of its parts.
Place = dict[str, str]


def hub(
    name: str, region: str, bus: str = "log-enablement-bus", function: str = "EventDrivenLogEnabler"
) -> Place:
    return {
        "address": f"logenabler_hub.{name}",
        "id": f"{region}/{bus}",
        "region": region,
        "bus": bus,
        "rule": "LogEnablementTrigger",
        "sweep": f"{function}Sweep",
        "function": function,
        "role": f"{function}Role-{region}",
        "queue": f"{function}-dead-letters",
        "dashboard": f"{function}-{region}",
        "topic": f"arn:aws:sns:{region}:{ACCOUNT}:{function}-notifications",
        "schemas": f"{bus.replace('-', '_')}_schemas",
    }


def forwarder(name: str, region: str, rule: str, hub: Place) -> Place:
    return {
        "address": f"logenabler_region_forwarder.{name}",
        "id": f"{region}/{rule}",
        "region": region,
        "rule": rule,
        "role": f"{rule}-{region}",
        "catalog_role": f"LogEnablerCatalog-{hub['region']}-{region}",
        "workgroup": hub["bus"],
        "queue": f"{rule}-dead-letters",
    }


def table_schema(name: str, hub: Place, log_type: str) -> Place:
    return {
        "address": f"logenabler_table_schema.{name}",
        "id": f"{hub['id']}/{log_type}",
        "region": hub["region"],
        "schemas": hub["schemas"],
        "log_type": log_type,
    }


PLAIN_HUB, OWN_ROLE_HUB = hub("plain", HUB_REGION), hub("own_role", "us-west-2")
FULL_HUB = hub("full", "eu-central-1", bus="full", function="Full")
PLAIN_FORWARDER = forwarder("plain", HUB_REGION, FORWARDER_RULE, PLAIN_HUB)
FULL_FORWARDER = forwarder("full", "eu-west-1", "Full", FULL_HUB)
PLAIN_SCHEMA, FULL_SCHEMA = (
    table_schema("plain", PLAIN_HUB, "alb_access"),
    table_schema("full", FULL_HUB, "waf"),
)
SCHEMAS = [PLAIN_SCHEMA, FULL_SCHEMA]
PLACES = [PLAIN_HUB, FULL_HUB, OWN_ROLE_HUB, PLAIN_FORWARDER, FULL_FORWARDER, *SCHEMAS]


def apply_everything(local_aws: LocalAws, apply: Callable[[str], Terraform], more: str = "") -> Terraform:
    """Applies it, with the roles that it takes for granted: they hold all that a function or a rule needs."""
    iam = local_aws.client("iam")
    services = {"Service": ["lambda.amazonaws.com", "events.amazonaws.com"]}
    trust = document({"Effect": "Allow", "Principal": services, "Action": "sts:AssumeRole"})
    for name in ("mine", "other"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        iam.put_role_policy(RoleName=name, PolicyName="rights", PolicyDocument=ANYTHING)
    iam.create_policy(PolicyName="boundary", PolicyDocument=ANYTHING)
    terraform = apply(EVERYTHING + more)
    local_aws.settings(role_looks=0)  # Every role is old by now.
    return terraform


def document(*statements: dict[str, object]) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def script(does: str = "") -> bytes:
    """A function's zip that runs on either architecture."""
    zipped, bootstrap = io.BytesIO(), zipfile.ZipInfo("bootstrap")
    bootstrap.external_attr = 0o755 << 16
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr(bootstrap, f"#!/bin/sh\n{does}")
    return zipped.getvalue()


ANYTHING = document({"Effect": "Allow", "Action": "*", "Resource": "*"})
