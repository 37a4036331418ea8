"""Athena's saved queries: made once, listed by the page, changed and removed."""

from __future__ import annotations

import pytest

from .refusals import refused

QUERY = {
    "WorkGroup": "w",
    "Database": "d",
    "Name": "n",
    "Description": "What for.",
    "QueryString": "SELECT 1",
}
TOKEN = "t" * 32


@pytest.fixture
def athena(local_aws):
    client = local_aws.client("athena")
    client.create_work_group(Name="w")
    return client


def saved(athena):
    ids = athena.list_named_queries(WorkGroup="w")["NamedQueryIds"]
    return athena.batch_get_named_query(NamedQueryIds=ids)["NamedQueries"] if ids else []


def test_a_token_makes_one_query_and_another_query_with_it_is_refused(athena):
    first = athena.create_named_query(**QUERY, ClientRequestToken=TOKEN)
    again = athena.create_named_query(**QUERY, ClientRequestToken=TOKEN)
    assert first["NamedQueryId"] == again["NamedQueryId"]
    other = {**QUERY, "QueryString": "SELECT 2"}
    refused(
        lambda: athena.create_named_query(**other, ClientRequestToken=TOKEN),
        "InvalidRequestException",
        "Idempotent",
    )
    assert [query["QueryString"] for query in saved(athena)] == ["SELECT 1"]


def test_queries_come_by_the_page(athena):
    made = {athena.create_named_query(**QUERY)["NamedQueryId"] for _ in range(60)}
    first = athena.list_named_queries(WorkGroup="w", MaxResults=50)
    second = athena.list_named_queries(WorkGroup="w", NextToken=first["NextToken"])
    assert {*first["NamedQueryIds"], *second["NamedQueryIds"]} == made
    assert not second.get("NextToken")
    refused(lambda: athena.batch_get_named_query(NamedQueryIds=sorted(made)), "InvalidRequestException")


def test_a_query_is_changed_and_removed(athena):
    identity = athena.create_named_query(**QUERY)["NamedQueryId"]
    athena.update_named_query(NamedQueryId=identity, Name="m", QueryString="SELECT 2")
    assert saved(athena) == [{**QUERY, "Name": "m", "QueryString": "SELECT 2", "NamedQueryId": identity}]
    athena.delete_named_query(NamedQueryId=identity)
    assert saved(athena) == []
    for call in (athena.delete_named_query, athena.get_named_query):
        refused(lambda call=call: call(NamedQueryId=identity), "InvalidRequestException", "not found")
    lacking = athena.batch_get_named_query(NamedQueryIds=[identity])["UnprocessedNamedQueryIds"]
    assert [one["NamedQueryId"] for one in lacking] == [identity]


def test_a_workgroup_that_is_not_there_is_refused(athena):
    for call in (
        lambda: athena.list_named_queries(WorkGroup="x"),
        lambda: athena.create_named_query(**{**QUERY, "WorkGroup": "x"}),
    ):
        refused(call, "InvalidRequestException", "WorkGroup x is not found")


@pytest.mark.parametrize("wrong", [{"Name": "n" * 129}, {"ClientRequestToken": "short"}, {"Description": ""}])
def test_what_athena_does_not_take_is_refused(athena, wrong):
    refused(lambda: athena.create_named_query(**{**QUERY, **wrong}), "InvalidRequestException")
