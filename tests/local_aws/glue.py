"""Glue: folded names, pages, versions from "0", the optimistic lock, and the inputs it refuses."""

from __future__ import annotations

import re
from typing import Any

from moto.glue.models import FakeTable, glue_backends

from .call import Answer, AwsError, Call
from .glue_input import check_database, check_table
from .hooks import after, before
from .settings import SETTINGS

PAGES = {  # operation -> the member that holds the list
    "GetDatabases": "DatabaseList",
    "GetTables": "TableList",
    "GetPartitions": "Partitions",
    "GetTableVersions": "TableVersions",
}
NAMES = ("DatabaseName", "TableName", "Name", "TablesToDelete")
EXPRESSION_LENGTH = 2048
VERSION = re.compile(r"\d+")
# What AWS answers where a table's maker said nothing; Trino unboxes the number unseen.
STORAGE = {"Compressed": False, "NumberOfBuckets": 0, "StoredAsSubDirectories": False}

FOLDING = (
    "CreateDatabase",
    "GetDatabase",
    "UpdateDatabase",
    "DeleteDatabase",
    "CreateTable",
    "GetTable",
    "UpdateTable",
    "DeleteTable",
    "BatchDeleteTable",
    "GetTables",
    "GetTableVersion",
    "GetTableVersions",
    "DeleteTableVersion",
    "CreatePartition",
    "BatchCreatePartition",
    "GetPartition",
    "BatchGetPartition",
    "GetPartitions",
    "UpdatePartition",
    "BatchUpdatePartition",
    "DeletePartition",
    "BatchDeletePartition",
)


@before("glue", *FOLDING)
def _fold(call: Call) -> None:
    """Glue keeps every name in small letters, so that names differing in case are the same."""
    body = call.json
    for name in NAMES:
        if name in body:
            body[name] = _lower(body[name])
    if isinstance(body.get("DatabaseInput"), dict):
        check_database(body["DatabaseInput"])
        _fold_member(body["DatabaseInput"], "Name")
    if isinstance(body.get("TableInput"), dict):
        _fold_table(body["TableInput"])
        check_table(body["TableInput"])
    call.json = body


@before("glue", "CreateDatabase", "UpdateDatabase")
def _needs_database_input(call: Call) -> None:
    if not isinstance(call.json.get("DatabaseInput"), dict):
        raise AwsError("InvalidInputException", "DatabaseInput is required.", 400)


@before("glue", "CreateTable", "UpdateTable")
def _needs_table_input(call: Call) -> None:
    if not isinstance(call.json.get("TableInput"), dict):
        raise AwsError("InvalidInputException", "TableInput is required.", 400)


@before("glue", "GetTables")
def _take_expression(call: Call) -> None:
    """moto takes beginnings of names for whole ones."""
    expression = call.params.get("Expression", "")
    if len(expression) > EXPRESSION_LENGTH:
        message = f"Value at 'expression' must have length less than or equal to {EXPRESSION_LENGTH}"
        raise AwsError("ValidationException", message, 400)
    try:
        re.compile(expression)
    except re.error as wrong:
        raise AwsError("InvalidInputException", f"The expression is not valid: {wrong}", 400) from None
    call.json = {name: value for name, value in call.json.items() if name != "Expression"}


@before("glue", "UpdateTable")
def _lock_table(call: Call) -> None:
    body = call.json
    expected = body.get("VersionId")
    table = glue_backends[call.account][call.region].get_table(
        body["DatabaseName"], body["TableInput"]["Name"]
    )
    if expected is not None and str(expected) != str(table._current_version):
        message = "Update table failed due to concurrent modifications."
        raise AwsError("ConcurrentModificationException", message, 400)


@before("glue", "UpdateTable")
def _skip_archive(call: Call) -> None:
    """The version that is replaced is kept, unless the caller wants it forgotten."""
    body = call.json
    if body.get("SkipArchive"):
        table = glue_backends[call.account][call.region].get_table(
            body["DatabaseName"], body["TableInput"]["Name"]
        )
        table.versions.pop(str(table._current_version))


@after("glue", *PAGES)
def _page(call: Call, answer: Answer) -> None:
    """Small pages, so that every caller has to follow NextToken."""
    if answer.status >= 400:
        return
    asked, body, member = call.json, answer.json, PAGES[call.operation]
    token = asked.get("NextToken") or "0"
    if not VERSION.fullmatch(token):
        answered = call.answer(AwsError("InvalidInputException", "The pagination token is not valid.", 400))
        answer.status, answer.headers, answer.body = answered.status, answered.headers, answered.body
        return
    first = int(token)
    size = min(int(asked.get("MaxResults") or SETTINGS.glue_page), int(SETTINGS.glue_page)) or 1
    everything = body.get(member, [])
    page = everything[first : first + size]
    if call.params.get("Expression"):
        # AWS does not promise full pages: people miss tables on the first one (boto3's issue 3826).
        page = [table for table in page if re.fullmatch(call.params["Expression"], table["Name"])]
    body[member] = page
    if first + size < len(everything):
        body["NextToken"] = str(first + size)
    answer.json = body


@after("glue", "GetTable", "GetTables")
def _complete(call: Call, answer: Answer) -> None:
    if answer.status >= 400:
        return
    body = answer.json
    for table in [body["Table"]] if "Table" in body else body["TableList"]:
        table.setdefault("UpdateTime", table.get("CreateTime"))
        table.setdefault("CreatedBy", f"arn:aws:iam::{call.account}:root")
        table.setdefault("IsRegisteredWithLakeFormation", False)
        for name, value in STORAGE.items():
            table.get("StorageDescriptor", {}).setdefault(name, value)
    answer.json = body


def _fold_table(table: dict[str, Any]) -> None:
    _fold_member(table, "Name")
    storage = table.get("StorageDescriptor")
    columns = (storage.get("Columns") if isinstance(storage, dict) else None) or []
    for column in [*columns, *(table.get("PartitionKeys") or [])]:
        if isinstance(column, dict):
            _fold_member(column, "Name")


def _fold_member(holder: dict[str, Any], name: str) -> None:
    if name in holder:
        holder[name] = _lower(holder[name])


def _lower(value: Any) -> Any:
    if isinstance(value, list):
        return [_lower(item) for item in value]
    return value.lower() if isinstance(value, str) else value


_made = FakeTable.__init__


def _from_version_zero(self: FakeTable, *args: Any, **kwargs: Any) -> None:
    """moto counts versions from 1."""
    _made(self, *args, **kwargs)
    self.versions = {"0": self.versions[str(self._current_version)]}
    self._current_version = 0


def _as_dict(self: FakeTable, version: str | None = None) -> dict[str, Any]:
    """moto takes the version 0 for none at all."""
    return _shown(self, str(self._current_version) if version is None else version)


_shown = FakeTable.as_dict
FakeTable.__init__ = _from_version_zero
FakeTable.as_dict = _as_dict
