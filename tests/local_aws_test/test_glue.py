"""Glue folds names, pages, counts versions, and refuses what it refuses in AWS."""

from __future__ import annotations

import pytest

from .refusals import refused

INVALID = "InvalidInputException"


@pytest.fixture
def glue(local_aws):
    """A client; there is a database `d`."""
    client = local_aws.client("glue", "eu-west-1")
    client.create_database(DatabaseInput={"Name": "d"})
    return client


def column(name="c", **more):
    return {"Name": name, "Type": "string", **more}


def table(name="t", columns=None, **more):
    storage = {"Columns": [column()] if columns is None else columns, "Location": "s3://b/"}
    return {"Name": name, "StorageDescriptor": storage, **more}


@pytest.mark.parametrize(
    "given, message",
    [
        (table(""), "TableInput.Name"),
        (table("x" * 256), "1 to 255"),
        (table(Description="x" * 2049), "2048"),
        (table(Parameters={"k" * 256: "v"}), "255"),
        (table(Parameters={"k": "v" * 512_001}), "512000"),
        (table(columns=[column(Comment="x" * 256)]), "255"),
        (table(columns=[column(Comment="a\nb")]), "line break"),
        (table(columns=[column("a"), column("A")]), "Duplicate column name: a"),
        (table(PartitionKeys=[column("C")]), "Duplicate column name: c"),
    ],
)
def test_tables_refused(glue, given, message):
    refused(lambda: glue.create_table(DatabaseName="d", TableInput=given), INVALID, message)


def test_names_are_folded_and_found_in_any_case(glue):
    glue.create_database(DatabaseInput={"Name": "Logs_DB"})
    glue.create_table(
        DatabaseName="LOGS_db", TableInput=table("Tab", [column("Col")], PartitionKeys=[column("Day")])
    )
    found = glue.get_table(DatabaseName="logs_db", Name="TAB")["Table"]
    assert (found["DatabaseName"], found["Name"]) == ("logs_db", "tab")
    assert [c["Name"] for c in found["StorageDescriptor"]["Columns"] + found["PartitionKeys"]] == [
        "col",
        "day",
    ]
    refused(
        lambda: glue.create_table(DatabaseName="logs_db", TableInput=table("tAB")), "AlreadyExistsException"
    )
    glue.delete_table(DatabaseName="Logs_db", Name="Tab")
    glue.delete_database(Name="LOGS_DB")
    refused(lambda: glue.get_database(Name="logs_db"), "EntityNotFoundException")


def test_versions_start_at_zero_and_a_stale_one_is_refused(glue):
    glue.create_table(DatabaseName="d", TableInput=table())

    def version():
        return glue.get_table(DatabaseName="d", Name="t")["Table"]["VersionId"]

    assert version() == "0"
    glue.update_table(DatabaseName="d", TableInput=table(Description="1"), VersionId="0")
    assert version() == "1"
    refused(
        lambda: glue.update_table(DatabaseName="d", TableInput=table(), VersionId="0"),
        "ConcurrentModificationException",
        "Update table failed due to concurrent modifications.",
    )
    glue.update_table(DatabaseName="d", TableInput=table())
    assert version() == "2"


@pytest.mark.parametrize("skip, versions", [(False, ["0", "1"]), (True, ["1"])])
def test_versions_are_kept_unless_told_otherwise(glue, skip, versions):
    glue.create_table(DatabaseName="d", TableInput=table())
    glue.update_table(DatabaseName="d", TableInput=table(Description="1"), SkipArchive=skip)
    found = glue.get_table_versions(DatabaseName="d", TableName="t")["TableVersions"]
    assert sorted(version["VersionId"] for version in found) == versions


def test_update_replaces_the_whole_table(glue):
    glue.create_table(DatabaseName="d", TableInput=table(Description="old", Parameters={"a": "1"}))
    glue.update_table(DatabaseName="d", TableInput=table())
    found = glue.get_table(DatabaseName="d", Name="t")["Table"]
    assert "Description" not in found and "Parameters" not in found


@pytest.mark.parametrize(
    "asked, sizes", [({}, [3, 3, 1]), ({"MaxResults": 2}, [2, 2, 2, 1]), ({"MaxResults": 9}, [3, 3, 1])]
)
def test_lists_come_in_small_pages(glue, asked, sizes):
    for number in range(7):
        glue.create_table(DatabaseName="d", TableInput=table(f"t{number}"))
    pages, token = [], {}
    while True:
        page = glue.get_tables(DatabaseName="d", **asked, **token)
        pages.append([found["Name"] for found in page["TableList"]])
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert [len(page) for page in pages] == sizes
    assert sum(pages, []) == [f"t{number}" for number in range(7)]
    refused(lambda: glue.get_tables(DatabaseName="d", NextToken="x"), INVALID)
    refused(lambda: glue.get_tables(DatabaseName="d", Expression="["), INVALID, "expression")


@pytest.mark.parametrize(
    "expression, pages",
    [
        ("t1|t4", [["t1"], ["t4"]]),
        ("t4|t5", [[], ["t4", "t5"]]),
        ("t", [[], []]),
        (".*", [["t0", "t1", "t2"], ["t3", "t4", "t5"]]),
    ],
)
def test_an_expression_is_held_against_whole_names_page_by_page(glue, expression, pages):
    for number in range(6):
        glue.create_table(DatabaseName="d", TableInput=table(f"t{number}"))
    found = glue.get_paginator("get_tables").paginate(DatabaseName="d", Expression=expression)
    assert [[one["Name"] for one in page["TableList"]] for page in found] == pages


def test_an_expression_has_a_limit(glue):
    refused(
        lambda: glue.get_tables(DatabaseName="d", Expression="x" * 2049), "ValidationException", "expression"
    )


@pytest.mark.parametrize(
    "operation, arguments",
    [
        ("update_table", {"DatabaseName": "d", "TableInput": table()}),
        ("update_table", {"DatabaseName": "d", "TableInput": table(), "VersionId": "0"}),
        ("get_table", {"DatabaseName": "d", "Name": "t"}),
        ("delete_table", {"DatabaseName": "d", "Name": "t"}),
        ("create_table", {"DatabaseName": "none", "TableInput": table()}),
        ("get_tables", {"DatabaseName": "none"}),
    ],
)
def test_what_is_not_there_is_not_found(glue, operation, arguments):
    refused(lambda: getattr(glue, operation)(**arguments), "EntityNotFoundException")


def test_databases_come_in_small_pages(glue):
    for name in "abce":
        glue.create_database(DatabaseInput={"Name": name})
    pages = [page["DatabaseList"] for page in glue.get_paginator("get_databases").paginate()]
    assert [len(page) for page in pages] == [3, 2]


def test_a_database_takes_its_tables_along(glue):
    glue.create_table(DatabaseName="d", TableInput=table())
    glue.delete_database(Name="d")
    refused(lambda: glue.get_table(DatabaseName="d", Name="t"), "EntityNotFoundException")


def test_what_a_maker_left_out_of_the_storage_has_a_value(glue):
    glue.create_table(DatabaseName="d", TableInput=table())
    storage = glue.get_table(DatabaseName="d", Name="t")["Table"]["StorageDescriptor"]
    assert (storage["NumberOfBuckets"], storage["Compressed"]) == (0, False)
    assert storage["StoredAsSubDirectories"] is False


def test_what_a_maker_said_of_the_storage_stays(glue):
    given = table()
    given["StorageDescriptor"]["NumberOfBuckets"] = -1
    glue.create_table(DatabaseName="d", TableInput=given)
    assert glue.get_tables(DatabaseName="d")["TableList"][0]["StorageDescriptor"]["NumberOfBuckets"] == -1
