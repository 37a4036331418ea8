"""The policies that the guide of permissions has for Terraform, as people paste them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/permissions.md"
OTHERS = "\n## What is made for it"
ACCOUNT, MEMBER = "123456789012", "210987654321"
TERRAFORM = f"arn:aws:iam::{ACCOUNT}:user/terraform"
# What people put in the place of the guide's names: their bus, its database, their function, their rules.
DEFAULT = (
    "log-enablement-bus",
    "log_enablement_bus_schemas",
    "EventDrivenLogEnabler",
    "ForwardLoggingEvents-to-*",
)
CHOSEN = (
    DEFAULT,
    ("full", "full_schemas", "Full", "Full*"),
    ("logs-bus", "logs_bus_schemas", "TableMaker", "to-tables*"),
    ("second", "second_schemas", "Second", "to-second*"),
    ("other-bus", "other_bus_schemas", "Other", "forward*"),
    ("one", "one_schemas", "One", "one*"),
    ("two", "two_schemas", "Two", "two*"),
)
ROLES = {f"{ACCOUNT}:role/your-deployer": f"{MEMBER}:role/Deployer", "role/your-role": "role/mine"}


def policies(names: tuple[str, ...] = DEFAULT, account: str = ACCOUNT) -> list[dict[str, Any]]:
    """Every one, with these names and this account."""
    told = GUIDE.read_text(encoding="utf-8").partition(OTHERS)[0]
    for default, chosen in {**ROLES, **dict(zip(DEFAULT, names)), f":{ACCOUNT}:": f":{account}:"}.items():
        told = told.replace(default, chosen)
    return [json.loads(policy) for policy in re.findall(r"(?s)```json\n(.+?)```", told)]
