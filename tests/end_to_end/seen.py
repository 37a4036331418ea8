"""What can be seen of the function: what it has logged, and what it has made."""

from __future__ import annotations

from typing import Any

from end_to_end.configurations import HUB_REGION
from local import LocalAws


def said(local_aws: LocalAws) -> str:
    """All that the function has logged."""
    logs = local_aws.client("logs", HUB_REGION)
    messages = logs.filter_log_events(logGroupName="/aws/lambda/EventDrivenLogEnabler")["events"]
    return "\n".join(message["message"] for message in messages)


def tables(local_aws: LocalAws, region: str) -> dict[str, dict[str, Any]]:
    """What the function has made there, by database."""
    local_aws.idle()
    glue = local_aws.client("glue", region)
    made = [table for table in local_aws.inventory()["tables"] if table["region"] == region]
    return {
        one["database"]: glue.get_table(DatabaseName=one["database"], Name=one["name"])["Table"]
        for one in made
    }
