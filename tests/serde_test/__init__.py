"""Tests of the comparison in `serde`, without Java."""
