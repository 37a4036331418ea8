"""Everything that exists, in every account and region: what a destroy may have left behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.athena.models import athena_backends
from moto.awslambda.models import lambda_backends
from moto.cloudwatch.models import cloudwatch_backends
from moto.events.models import events_backends
from moto.glue.models import glue_backends
from moto.iam import iam_backends
from moto.logs.models import logs_backends
from moto.sns import sns_backends
from moto.sqs import sqs_backends


def everything() -> dict[str, Any]:
    """{kind: [{account, region, ...}]}; [] where there is nothing. What every account has does not count."""
    return {
        "event_buses": _list(events_backends, _buses),
        "rules": _list(events_backends, _rules),
        "targets": _list(events_backends, _targets),
        "functions": _list(
            lambda_backends, lambda b: ({"name": f.function_name} for f in b.list_functions())
        ),
        "roles": _list(iam_backends, lambda b: ({"name": role.name} for role in b.get_roles())),
        "role_policies": _list(iam_backends, _role_policies),
        "queues": _list(sqs_backends, lambda b: ({"name": name} for name in b.queues)),
        "topics": _list(sns_backends, lambda b: ({"name": arn.rpartition(":")[2]} for arn in b.topics)),
        "alarms": _list(cloudwatch_backends, lambda b: ({"name": name} for name in b.alarms)),
        "dashboards": _list(cloudwatch_backends, lambda b: ({"name": name} for name in b.dashboards)),
        "log_groups": _list(logs_backends, lambda b: ({"name": name} for name in b.groups)),
        "databases": _list(glue_backends, lambda b: ({"name": name} for name in b.databases)),
        "tables": _list(glue_backends, _tables),
        "workgroups": _list(
            athena_backends, lambda b: ({"name": name} for name in b.work_groups if name != "primary")
        ),
    }


def _list(backends: Any, items: Any) -> list[dict[str, Any]]:
    return [
        {"account": account, "region": region, **item}
        for account, by_region in list(backends.items())
        for region, backend in list(by_region.items())
        for item in items(backend)
    ]


def _buses(backend: Any) -> Iterator[dict[str, Any]]:
    return ({"name": name} for name in backend.event_buses if name != "default")


def _rules(backend: Any) -> Iterator[dict[str, Any]]:
    return (
        {"bus": bus.name, "name": rule.name}
        for bus in backend.event_buses.values()
        for rule in bus.rules.values()
    )


def _targets(backend: Any) -> Iterator[dict[str, Any]]:
    return (
        {"bus": bus.name, "rule": rule.name, "id": target["Id"], "arn": target["Arn"]}
        for bus in backend.event_buses.values()
        for rule in bus.rules.values()
        for target in rule.targets
    )


def _role_policies(backend: Any) -> Iterator[dict[str, Any]]:
    return ({"role": role.name, "name": name} for role in backend.get_roles() for name in role.policies)


def _tables(backend: Any) -> Iterator[dict[str, Any]]:
    return (
        {"database": database.name, "name": name}
        for database in backend.databases.values()
        for name in database.tables
    )
