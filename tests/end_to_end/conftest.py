"""Fixtures: a Terraform in a folder of its own, and after each test the proof that nothing was lacking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local import LocalAws
from local_aws.published import TERRAFORM
from terraform import Terraform


@pytest.fixture
def local_aws(running_local_aws: LocalAws) -> Iterator[LocalAws]:
    """An empty AWS; an HTTP 500 that the test did not ask for means that the stand-in lacks something.

    A right that Terraform was refused is one that the guide of permissions lacks: nobody else may see it.
    """
    running_local_aws.reset()
    yield running_local_aws
    lacking = [
        right for right in running_local_aws.rights() if not right["allowed"] and right["who"] == TERRAFORM
    ]
    assert not lacking, f"The guide of permissions lacks {lacking}"
    broken = [
        call
        for call in running_local_aws.journal()
        if call["status"] == 500 and call["error"] != "InternalFailure"
    ]
    assert not broken, f"The stand-in answered HTTP 500: {broken}"


@pytest.fixture
def terraform(tmp_path: Path, local_aws: LocalAws) -> Terraform:
    return Terraform(tmp_path, local_aws.url, settle=local_aws.idle)


@pytest.fixture
def apply(terraform: Terraform) -> Callable[[str], Terraform]:
    """Applies a configuration from nothing."""

    def applied(configuration: str) -> Terraform:
        terraform.write(configuration)
        terraform.init()
        terraform.apply()
        return terraform

    return applied
