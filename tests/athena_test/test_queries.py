"""The queries of the docs are found, and asked of a table that there is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from athena.queries import Query, of_the_docs

LOG = SimpleNamespace(
    table="dns_db.dns_this",
    log_type=SimpleNamespace(is_list=False),
    partition=lambda at: {"vpc": "vpc-1", "day": "2026/02/03"},
)


def test_every_page_of_a_log_type_has_one_and_so_have_guides() -> None:
    pages = {query.page for query in of_the_docs()}
    assert len(pages) > 10 and any(page.startswith("guides/") for page in pages)
    assert all(query.database.endswith("_db") for query in of_the_docs())


@pytest.mark.parametrize("table", ['"dns_db"."dns_that"', "dns_db.dns_that", "dns_db.<table>"])
def test_a_query_is_asked_of_another_table(table: str) -> None:
    query = Query("page", f"SELECT 1 FROM {table} WHERE vpc = '<vpc>'")
    assert query.on(LOG) == "SELECT 1 FROM dns_db.dns_this WHERE vpc = 'vpc-1'"


@pytest.mark.parametrize("table", ["dns_db.dns_that_raw", "dns_db.<table>_raw"])
def test_a_query_of_the_table_below_a_view_stays_one(table: str) -> None:
    assert Query("page", f"SELECT 1 FROM {table}").on(LOG) == "SELECT 1 FROM dns_db.dns_this_raw"
