"""Tests of what judges Trino's answers in `athena`, without Java."""
