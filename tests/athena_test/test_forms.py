"""Samples become records with the fields that an owner chose, in that order."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from athena.forms import FlowForm, Form
from serde.catalog import LogType


@pytest.fixture
def flows(tmp_path: Path) -> LogType:
    """Lines with a separator, below the names of the fields."""
    sample = tmp_path / "sample"
    sample.write_text("srcaddr dstaddr action\n")
    table = {"serde_parameters": {"field.delim": " "}}
    return SimpleNamespace(is_delimited=True, sample=sample, table=table)


REQUESTS = SimpleNamespace(is_delimited=False)


def test_fields_are_chosen_by_their_names(flows: LogType) -> None:
    form = FlowForm("plain-text", "action vpc-id srcaddr")
    record = form.record(flows, b"10.0.0.1 10.0.0.2 ACCEPT")
    assert form.first_line(flows) == b"action vpc-id srcaddr"
    assert form.line(record, as_json=False) == b"ACCEPT - 10.0.0.1"


def test_without_a_choice_they_are_those_of_the_sample(flows: LogType) -> None:
    assert FlowForm("parquet").names(flows) == ["srcaddr", "dstaddr", "action"]


def test_a_delivery_has_the_words_of_a_line_without_their_quotes() -> None:
    form = Form("json", "time client request agent status")
    line = b'[03/Mar/2026:03:03:03 +0000] [2001:db8::1]:443 "GET /a HTTP/1.1" "curl/8"'
    words = ["03/Mar/2026:03:03:03 +0000", "[2001:db8::1]:443", "GET /a HTTP/1.1", "curl/8", "-"]
    assert list(form.record(REQUESTS, line).values()) == words


@pytest.mark.parametrize("agent", [b'"curl/8 "odd""', b'"a "b"', b'"a" b"'])
def test_a_line_whose_words_nobody_can_tell_apart_is_left_out(agent: bytes) -> None:
    assert Form("json", "time agent status").record(REQUESTS, b"[03/Mar/2026] " + agent + b" 200") is None


@pytest.mark.parametrize(
    ("form", "as_json", "first_line", "has_texts"),
    [
        (Form("w3c", "date cs(Host)"), False, b"#Fields: date cs(Host)", False),
        (Form("json", "date cs(Host)"), True, b'{"date": "", "cs(Host)": ""}', True),
        (Form("parquet", "date cs(Host)"), True, b'{"date": "", "cs(Host)": ""}', True),
        (Form("parquet", "date", typed=True), False, b"#Fields: date", False),
    ],
)
def test_the_native_reader_is_told_of_the_fields(
    form: Form, as_json: bool, first_line: bytes, has_texts: bool
) -> None:
    assert form.first_line(REQUESTS, as_json) == first_line
    assert form.has_texts == has_texts
