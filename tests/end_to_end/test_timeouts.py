"""Operations that take too long, and what is there afterwards."""

from __future__ import annotations

import pytest

from end_to_end.left_over import left_over
from local import LocalAws
from terraform import Terraform

HUB = """
resource "logenabler_hub" "this" {
  memory_size = %d
  timeouts {
    %s = "%s"
  }
}
"""
SLOW = {"delay_ms": 6000, "actor": "terraform"}


def slow(local_aws: LocalAws, operation: str) -> None:
    local_aws.faults([{**SLOW, "operation": operation}])


def test_a_create_that_takes_too_long_says_so_and_the_next_apply_converges(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.write(HUB % (128, "create", "4s"))
    terraform.init()
    slow(local_aws, "CreateQueue")
    said = terraform.refused("apply", "-auto-approve")
    assert "The create took longer than 4s" in said and "the next apply removes it and makes it anew" in said
    terraform.write(HUB % (128, "create", "5m"))
    terraform.apply()
    assert terraform.plan() == ""
    terraform.destroy()
    assert left_over(local_aws) == set()


@pytest.mark.parametrize(
    ("operation", "call", "command"),
    [
        ("update", "UpdateFunctionConfiguration.*", "apply"),
        ("delete", "DeleteRole", "destroy"),
    ],
)
def test_each_operation_has_its_own_limit(
    local_aws: LocalAws, terraform: Terraform, operation: str, call: str, command: str
) -> None:
    terraform.write(HUB % (128, operation, "4s"))
    terraform.init()
    terraform.apply()
    assert terraform.plan() == ""
    terraform.write(HUB % (256, operation, "4s"))
    slow(local_aws, call)
    assert f"The {operation} took longer than 4s" in terraform.refused(command, "-auto-approve")
    if command == "destroy":
        terraform.destroy()
        assert left_over(local_aws) == set()
    else:
        terraform.apply()
        assert terraform.plan() == ""


def test_what_is_no_duration_is_refused_in_the_plan(terraform: Terraform) -> None:
    terraform.write(HUB % (128, "create", "soon"))
    terraform.init()
    assert '"soon" is not a duration, such as 30s' in terraform.refused("validate")
