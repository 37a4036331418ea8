"""Whose credentials are used, in which account they may be, and what is said where there are none."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import pytest

from end_to_end.everything import ACCOUNT
from local import LocalAws
from terraform import Terraform

HUB = 'resource "logenabler_hub" "this" {}'
KEYS = "aws_access_key_id = AKIAOFTHEFILE\naws_secret_access_key = of-the-file\n"
SSO = "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = admin\nregion = eu-west-1\n"
FILE = f"""
[profile work]
region = eu-west-1
{KEYS}
[profile login]
{SSO}
[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
[profile taken]
role_arn = arn:aws:iam::{ACCOUNT}:role/nobody
source_profile = work
"""
# Nobody waits longer to be told that there are no credentials.
SOON = 20


@pytest.fixture
def silent_metadata() -> Iterator[str]:
    """A metadata service that takes connections and never says a word, as behind a firewall."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def stranger(terraform: Terraform, silent_metadata: str) -> Terraform:
    """Terraform on a machine whose environment says nothing but where the shared file is."""
    file = terraform.folder / "config"
    file.write_text(FILE)
    for name in [name for name in terraform.environment if name.startswith("AWS_")]:
        if name != "AWS_ENDPOINT_URL":
            del terraform.environment[name]
    terraform.environment["AWS_CONFIG_FILE"] = terraform.environment["AWS_SHARED_CREDENTIALS_FILE"] = str(
        file
    )
    terraform.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = silent_metadata
    terraform.environment["HOME"] = str(terraform.folder)  # Nobody has logged in from here.
    return terraform


def provider(arguments: str) -> str:
    return f'provider "logenabler" {{\n{arguments}\n}}\n{HUB}'


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [('profile = "work"', {}), ("", {"AWS_PROFILE": "work"})],
    ids=["block", "env"],
)
def test_a_profile_gives_credentials_and_region(
    stranger: Terraform, arguments: str, environment: dict[str, str]
) -> None:
    stranger.environment.update(environment)
    stranger.write(provider(arguments))
    stranger.init()
    assert stranger.changes().keys() == {"logenabler_hub.this"}
    plan = json.loads(stranger.run("show", "-json", "planned").output)
    assert plan["resource_changes"][0]["change"]["after"]["id"] == "eu-west-1/log-enablement-bus"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ('region = "eu-west-1"', "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        ('profile = "login"', "log in with aws sso login"),
        ('profile = "nobody"\nregion = "eu-west-1"', "nobody"),
        ('profile = "taken"\nregion = "eu-west-1"', "is not authorized to perform: sts:AssumeRole"),
        (
            f'profile = "work"\nassume_role {{\n  role_arn = "arn:aws:iam::{ACCOUNT}:role/nobody"\n}}',
            "is not authorized to perform: sts:AssumeRole",
        ),
    ],
    ids=["none", "sso without a login", "no such profile", "a profile's role", "assume_role"],
)
def test_no_usable_credentials_are_one_clear_sentence_soon(
    stranger: Terraform, arguments: str, says: str
) -> None:
    stranger.write(provider(arguments))
    stranger.init()
    started = time.monotonic()
    said = stranger.refused("plan")
    assert time.monotonic() - started < SOON
    assert said.count("Error:") == 1 and "No usable AWS credentials" in said and says in said


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1", "http://nowhere.invalid"])
def test_a_network_without_aws_is_told_from_missing_credentials(terraform: Terraform, endpoint: str) -> None:
    terraform.environment["AWS_ENDPOINT_URL"] = endpoint
    terraform.write(HUB)
    terraform.init()
    started = time.monotonic()
    assert "AWS cannot be reached" in terraform.refused("plan")
    assert time.monotonic() - started < SOON


def test_keys_that_aws_does_not_know_are_one_clear_sentence(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    wrong = {"error": "InvalidClientTokenId", "status": 403, "message": "no such key", "count": None}
    local_aws.faults([{"operation": "GetCallerIdentity", **wrong}])
    terraform.write(HUB)
    terraform.init()
    said = terraform.refused("plan")
    assert "No usable AWS credentials" in said and "AWS_PROFILE" in said and "no such key" in said


@pytest.mark.parametrize(
    ("argument", "account", "is_refused"),
    [
        ("allowed_account_ids", ACCOUNT, False),
        ("allowed_account_ids", "999999999999", True),
        ("forbidden_account_ids", "999999999999", False),
        ("forbidden_account_ids", ACCOUNT, True),
    ],
)
def test_an_account_that_may_not_be_changed_is_refused(
    terraform: Terraform, argument: str, account: str, is_refused: bool
) -> None:
    terraform.write(provider(f'{argument} = ["{account}"]'))
    terraform.init()
    if is_refused:
        assert f"account {ACCOUNT}, which {argument} excludes" in terraform.refused("plan")
    else:
        assert "1 to add" in terraform.plan()


def test_no_log_and_no_message_has_a_secret(local_aws: LocalAws, stranger: Terraform) -> None:
    secrets = {"secret_key": "SeCrEtOfTheBlock", "token": "ToKeNoFtHeBlock"}
    stranger.environment.update(TF_LOG="TRACE", RUST_LOG="trace", RUST_BACKTRACE="1")
    given = "\n".join(f'{name} = "{value}"' for name, value in secrets.items())
    stranger.write(provider(f'region = "eu-west-1"\naccess_key = "AKIAOFTHEBLOCK"\n{given}'))
    stranger.init()
    local_aws.faults([{"operation": "CreateQueue", "error": "AccessDenied", "status": 403, "count": None}])
    failed = stranger.run("apply", "-auto-approve", "-no-color", allowed=(1,)).output
    assert "sqs:CreateQueue" in failed and "[TRACE]" in failed
    local_aws.clear_faults()
    said = failed + stranger.apply() + stranger.destroy()
    assert not [name for name, value in secrets.items() if value in said]
