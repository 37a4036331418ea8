"""The modules' own tests, run as people run them: `terraform test`, against the local AWS."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from end_to_end.left_over import left_over
from find_terraform import find
from local import LocalAws
from module_pages import MODULES, blocks
from terraform import ROOT, Terraform, TerraformFailed

OLDEST = "0.8.2"


@pytest.mark.parametrize("version", [None, OLDEST], ids=["default", "1.8.4"])
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_every_run_of_a_module_passes(
    local_aws: LocalAws, tmp_path: Path, module: Path, version: str | None
) -> None:
    command = ROOT / "target" / (f"terraform-{version}" if version else "terraform")
    if version:
        find(command, version)
    said = outcome(Terraform(tmp_path, local_aws.url, command), module)
    runs = set(re.findall(r'(?m)^run "(\w+)"', written(module)))
    assert set(re.findall(r'run "(\w+)"\.\.\. pass', said)) == runs and len(runs) >= 3
    assert f"Success! {len(runs)} passed, 0 failed." in said
    assert left_over(local_aws) == set()


def outcome(terraform: Terraform, module: Path) -> str:
    """What `terraform test` says of a copy of the module."""
    shutil.copytree(module, terraform.folder, dirs_exist_ok=True)
    terraform.init()
    return terraform.run("test", "-no-color").output


def written(module: Path) -> str:
    return "".join(path.read_text() for path in (module / "tests").glob("*.tftest.hcl"))


def test_a_run_that_fails_is_noticed(terraform: Terraform) -> None:
    (terraform.folder / "wrong.tftest.hcl").write_text(WRONG)
    with pytest.raises(TerraformFailed, match=r'run "wrong"\.\.\. fail(?s:.+)Seen\.(?s:.+)1 failed'):
        outcome(terraform, ROOT / "modules/log-enabler")


WRONG = """
run "wrong" {
  command = plan

  variables {
    central_region = "eu-west-1"
    source_regions = ["eu-west-1"]
  }

  assert {
    condition     = output.event_bus_name == "another"
    error_message = "Seen."
  }
}
"""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_what_a_variable_can_be_and_cannot_be_is_tried(module: Path) -> None:
    variables, text = dict(blocks(module, "variable")), written(module)
    assert {name for name in variables if re.search(rf"(?m)^ +{name} +=", text)} == variables.keys()
    refused = set(re.findall(r"var\.(\w+)", text))
    assert refused == {name for name, body in variables.items() if "validation {" in body}
