"""Fixtures: a local AWS for the whole session, empty at the start of every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local import LocalAws, running


@pytest.fixture(scope="session")
def running_local_aws() -> Iterator[LocalAws]:
    with running() as local_aws:
        yield local_aws


@pytest.fixture
def local_aws(running_local_aws: LocalAws) -> LocalAws:
    running_local_aws.reset()
    return running_local_aws
