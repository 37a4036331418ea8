"""Athena's saved queries, of which moto has no change, no removal and no list of many; and no refusals."""

from __future__ import annotations

from typing import Any

from moto.athena.models import AthenaBackend, NamedQuery, athena_backends

from .call import AwsError, Call
from .hooks import before, instead

MOST = 50
LONGEST = {
    "Name": 128,
    "Description": 1024,
    "Database": 255,
    "QueryString": 262144,
    "ClientRequestToken": 128,
}


def workgroup_of(identity: str) -> str | None:
    """Of a query, wherever it is."""
    backends = [backend for regions in athena_backends.values() for backend in regions.values()]
    found = (backend.named_queries.get(identity) for backend in backends)
    return next((query.workgroup.name for query in found if query), None)


@before("athena", "CreateNamedQuery", "ListNamedQueries")
def _in_a_workgroup(call: Call) -> None:
    name = call.params.get("WorkGroup") or "primary"
    if name not in _backend(call).work_groups:
        raise _invalid(f"WorkGroup {name} is not found.")
    if call.params.get("MaxResults", 1) not in range(1, MOST + 1):
        raise _invalid(f"MaxResults is more than {MOST}.")


@before("athena", "CreateNamedQuery", "UpdateNamedQuery")
def _within_limits(call: Call) -> None:
    for name, longest in LONGEST.items():
        if len(call.params.get(name) or "") > longest:
            raise _invalid(f"{name} has more than {longest} characters")


@instead("athena", "CreateNamedQuery")
def _create(call: Call) -> dict[str, Any]:
    """Once for each token; with another query it is an error."""
    backend, asked = _backend(call), call.params
    made = backend.__dict__.setdefault("made_by_token", {})
    token = asked.get("ClientRequestToken")
    if token in made:
        identity, former = made[token]
        if former != asked:
            raise _invalid("Idempotent parameters do not match")
        return {"NamedQueryId": identity}
    texts = (asked["Name"], asked.get("Description", ""), asked["Database"], asked["QueryString"])
    identity = backend.create_named_query(*texts, asked.get("WorkGroup") or "primary")
    if token:
        made[token] = identity, asked
    return {"NamedQueryId": identity}


@instead("athena", "BatchGetNamedQuery")
def _get(call: Call) -> dict[str, Any]:
    ids = call.params["NamedQueryIds"]
    if len(ids) > MOST:
        raise _invalid(f"More than {MOST} ids")
    queries = _backend(call).named_queries
    lacking = [{"NamedQueryId": one, "ErrorCode": "NOT_FOUND"} for one in ids if one not in queries]
    found = [_described(queries[one]) for one in ids if one in queries]
    return {"NamedQueries": found, "UnprocessedNamedQueryIds": lacking}


@before("athena", "GetNamedQuery")
def _has(call: Call) -> None:
    _query(call)


@instead("athena", "UpdateNamedQuery")
def _update(call: Call) -> dict[str, Any]:
    query, asked = _query(call), call.params
    query.name, query.query_string = asked["Name"], asked["QueryString"]
    query.description = asked.get("Description", query.description)
    return {}


@instead("athena", "DeleteNamedQuery")
def _delete(call: Call) -> dict[str, Any]:
    del _backend(call).named_queries[_query(call).id]
    return {}


def _backend(call: Call) -> AthenaBackend:
    return athena_backends[call.account][call.region]


def _query(call: Call) -> NamedQuery:
    identity = call.params["NamedQueryId"]
    query = _backend(call).named_queries.get(identity)
    if not query:
        raise _invalid(f"NamedQuery {identity} is not found.")
    return query


def _described(query: NamedQuery) -> dict[str, Any]:
    return {
        "NamedQueryId": query.id,
        "Name": query.name,
        "Description": query.description,
        "Database": query.database,
        "QueryString": query.query_string,
        "WorkGroup": query.workgroup.name,
    }


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidRequestException", message, 400)
