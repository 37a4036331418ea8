"""Values as Trino answers them, and as a view shows them."""

from __future__ import annotations

import struct

import pytest

from athena.values import as_a_view_says, as_trino_says


def test_a_float_has_as_few_digits_as_it_needs() -> None:
    (four_bytes,) = struct.unpack("f", struct.pack("f", 0.001))
    assert four_bytes != 0.001
    assert as_trino_says("real", four_bytes) == 0.001
    assert as_trino_says("double", four_bytes) == four_bytes
    assert as_trino_says("real", None) is None


@pytest.mark.parametrize(
    ("ty", "text", "shown"),
    [
        ("varchar", "a-b", "a-b"),
        ("varchar", "-", None),
        ("timestamp(3)", "2026-03-03T03:03:03.030999Z", "2026-03-03 03:03:03.030"),
        ("timestamp(3)", "2026-03-03T03:03:03", "2026-03-03 03:03:03.000"),
        ("timestamp(3)", "03/Mar/2026:03:03:03 +0000", "2026-03-03 03:03:03.000"),
        ("timestamp(3)", 1772507000, "2026-03-03 03:03:20.000"),
        ("timestamp(3)", 1772507000012, "2026-03-03 03:03:20.012"),
        ("timestamp(3)", "-", None),
        ("timestamp(3)", None, None),
    ],
)
def test_a_view_shows_nothing_and_moments_as_what_they_are(ty: str, text: object, shown: object) -> None:
    assert as_a_view_says(ty, text) == shown
