"""Files and their lines."""

from __future__ import annotations

import gzip

import pytest

from serde.records import File, is_no_record


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"a", [b"a"]),
        (b"a\n", [b"a"]),
        (b"a\n\n", [b"a", b""]),
        (b"a\r\nb\rc", [b"a", b"b", b"c"]),
        (b"\xef\xbb\xbfa\n", [b"a"]),
        (gzip.compress(b"a\n") + gzip.compress(b"b\n"), [b"a", b"b"]),
    ],
)
def test_lines_are_cut_as_hadoop_cuts_them(data: bytes, lines: list[bytes]) -> None:
    assert File("x", data).lines == lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b'{"a": 1}\n{"a": 2}\n', [b'{"a": 1}', b'{"a": 2}']),
        (b'{\n "a": "\xc3\xa4"\n}\n{\n "a": 2\n}\n', [b'{"a": "\xc3\xa4"}', b'{"a": 2}']),
        (b'{"a": 1}\n{"a": \n', [b'{"a": 1}', b'{"a": ']),
    ],
)
def test_json_laid_out_for_people_is_put_into_lines_and_nothing_else_is_touched(
    data: bytes, lines: list[bytes]
) -> None:
    assert File("x", data).with_a_record_a_line().lines == lines


def test_a_load_balancers_own_test_is_no_record() -> None:
    assert is_no_record(b"Enable AccessLog for ELB: app/shop/1a2b at 2025-05-30T16:47:00.781Z")
    assert is_no_record(b" ") and not is_no_record(b"http 2018-09-03T07:15:02.104512Z")
