"""Which log type a folder of other people's records is read as."""

from __future__ import annotations

from serde.catalog import LogType
from serde.corpus import named

LOG_TYPES = [LogType(name, {}, {}, [], []) for name in ("net", "net_alert", "net_flow", "waf")]


def check(folder: str, expected: list[str], log_types: list[LogType] = LOG_TYPES) -> None:
    assert [log_type.name for log_type in named(log_types, folder)] == expected


def test_a_folder_is_of_the_log_type_of_its_name_or_of_those_that_begin_so() -> None:
    check("waf", ["waf"])
    check("net", ["net"])
    check("net", ["net_alert", "net_flow"], LOG_TYPES[1:])
    check("ne", [])
    check("other", [])


def test_columns_of_json_go_by_their_keys() -> None:
    table = {
        "columns": [{"name": "cs_host", "ty": "string"}, {"name": "date", "ty": "string"}],
        "serde_parameters": {"mapping.cs_host": "cs(host)"},
    }
    assert list(LogType("x", table, {}, [], []).types_by_key) == ["cs(host)", "date"]
