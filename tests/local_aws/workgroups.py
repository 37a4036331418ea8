"""Athena's workgroups: one that is not there is refused, and one that holds something is not just deleted."""

from __future__ import annotations

import re
from typing import Any

from moto.athena.models import AthenaBackend, WorkGroup, athena_backends

from .call import AwsError, Call
from .hooks import before, instead

NAME = re.compile(r"[a-zA-Z0-9._-]{1,128}")
LOCATION = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?")
PRIMARY = "primary"
TAGS = 50


@instead("athena", "CreateWorkGroup")
def _create(call: Call) -> dict[str, Any]:
    asked, name = call.params, call.params["Name"]
    if not NAME.fullmatch(name):
        raise _invalid(f"1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint")
    if name == PRIMARY:
        raise _invalid("primary workGroup could not be created")
    if name in _backend(call).work_groups:
        raise _invalid("WorkGroup is already created")
    configuration, tags = asked.get("Configuration") or {}, asked.get("Tags") or []
    _check(configuration.get("ResultConfiguration") or {})
    _check_tags(tags)
    _backend(call).create_work_group(name, configuration, asked.get("Description") or "", tags)
    return {}


@before("athena", "GetWorkGroup")
def _get(call: Call) -> None:
    _workgroup(call)


@instead("athena", "UpdateWorkGroup")
def _update(call: Call) -> dict[str, Any]:
    """Not in moto."""
    workgroup, updates = _workgroup(call), dict(call.params.get("ConfigurationUpdates") or {})
    results = updates.pop("ResultConfigurationUpdates", None) or {}
    held = workgroup.configuration.get("ResultConfiguration") or {}
    _check(results)
    configuration = _updated(workgroup.configuration, updates)
    workgroup.configuration = {**configuration, "ResultConfiguration": _updated(held, results)}
    workgroup.state = call.params.get("State", workgroup.state)
    workgroup.description = call.params.get("Description", workgroup.description)
    return {}


@instead("athena", "DeleteWorkGroup")
def _delete(call: Call) -> dict[str, Any]:
    workgroup, backend = _workgroup(call), _backend(call)
    if workgroup.name == PRIMARY:
        raise _invalid("primary workGroup could not be deleted")
    held = [held for held in (backend.named_queries, backend.executions) if _of(held, workgroup)]
    if held and not call.params.get("RecursiveDeleteOption"):
        raise _invalid(f"WorkGroup {workgroup.name} is not empty")
    for each in held:
        for one in _of(each, workgroup):
            del each[one]
    backend.tagger.delete_all_tags_for_resource(workgroup.arn)
    backend.delete_work_group(workgroup.name)
    return {}


@instead("athena", "ListTagsForResource")
def _list_tags(call: Call) -> dict[str, Any]:
    return _backend(call).tagger.list_tags_for_resource(_tagged(call))


@before("athena", "TagResource")
def _tag(call: Call) -> None:
    tags = _backend(call).tagger.get_tag_dict_for_resource(_tagged(call))
    _check_tags({**tags, **{tag["Key"]: tag["Value"] for tag in call.params["Tags"]}})


@before("athena", "UntagResource")
def _untag(call: Call) -> None:
    _tagged(call)


def _of(held: dict[str, Any], workgroup: WorkGroup) -> list[str]:
    return [key for key, one in held.items() if one.workgroup is workgroup]


def _updated(held: dict[str, Any], updates: dict[str, Any]) -> dict[str, Any]:
    """What is set, or removed with `Remove...`; not both at once."""
    removed = {
        name.removeprefix("Remove") for name, so in updates.items() if name.startswith("Remove") and so
    }
    wanted = {name: value for name, value in updates.items() if not name.startswith("Remove")}
    if both := removed & wanted.keys():
        raise _invalid(f"{min(both)} cannot be set and removed at once")
    return {name: value for name, value in {**held, **wanted}.items() if name not in removed}


def _check(results: dict[str, Any]) -> None:
    location = results.get("OutputLocation")
    if location is not None and not LOCATION.fullmatch(location):
        raise _invalid("outputLocation is not a valid S3 path.")


def _check_tags(tags: Any) -> None:
    if len(tags) > TAGS:
        raise _invalid(f"A resource has at most {TAGS} tags")


def _workgroup(call: Call) -> WorkGroup:
    name = call.params["WorkGroup"]
    workgroup = _backend(call).work_groups.get(name)
    if workgroup is None:
        raise _invalid(f"WorkGroup {name} is not found.")
    return workgroup


def _tagged(call: Call) -> str:
    arn = call.params["ResourceARN"]
    if all(workgroup.arn != arn for workgroup in _backend(call).work_groups.values()):
        raise AwsError("ResourceNotFoundException", f"Resource {arn} is not found", 400)
    return arn


def _backend(call: Call) -> AthenaBackend:
    return athena_backends[call.account][call.region]


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidRequestException", message, 400)
