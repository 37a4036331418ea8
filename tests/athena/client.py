"""SQL in, typed rows out: Trino's HTTP API, as far as a test needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen


class QueryError(Exception):
    """What Trino says of a query that it does not run."""


@dataclass
class Answer:
    """The names and types of the columns, and rows of JSON values."""

    types: dict[str, str]
    rows: list[list]


class Trino:
    """One server, and the catalogue that names without one are in."""

    def __init__(self, url: str, catalog: str) -> None:
        self.url = url
        # Without the last, every timestamp is called one of milliseconds.
        self.headers = {
            "X-Trino-User": "tests",
            "X-Trino-Catalog": catalog,
            "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
        }

    def query(self, sql: str) -> Answer:
        """An answer comes in pages, the first of them empty."""
        page = self.ask("POST", f"{self.url}/v1/statement", sql.encode())
        columns, rows = page.get("columns"), page.get("data", [])
        while "nextUri" in page:
            page = self.ask("GET", page["nextUri"])
            columns = columns or page.get("columns")
            rows += page.get("data", [])
        return Answer({column["name"]: column["type"] for column in columns or []}, rows)

    def ask(self, method: str, url: str, body: bytes | None = None) -> dict[str, Any]:
        with urlopen(Request(url, body, self.headers, method=method), timeout=120) as answer:
            page = json.load(answer)
        if "error" in page:
            raise QueryError(f"{page['error']['errorName']}: {page['error']['message']}")
        return page
