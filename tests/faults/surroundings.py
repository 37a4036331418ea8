"""What has to be there before a resource can be made. Made again where a destroy took it along."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from end_to_end.everything import ACCOUNT, ANYTHING, ROLE, document, script
from faults.configurations import ELSEWHERE, HOME
from local import LocalAws
from trail import Trail


def roles(local_aws: LocalAws, _: Sequence[str]) -> None:
    """Roles of the user's own, and a policy that somebody may attach."""
    iam = local_aws.client("iam")
    services = {"Service": ["lambda.amazonaws.com", "events.amazonaws.com"]}
    trust = document({"Effect": "Allow", "Principal": services, "Action": "sts:AssumeRole"})
    with suppress(iam.exceptions.EntityAlreadyExistsException):
        iam.create_policy(PolicyName="boundary", PolicyDocument=ANYTHING)
        for name in ("mine", "other"):
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
            iam.put_role_policy(RoleName=name, PolicyName="rights", PolicyDocument=ANYTHING)


def receivers(local_aws: LocalAws, regions: Sequence[str]) -> None:
    """Two buses with a function that forwarders may send to, and a trail, without which they warn."""
    roles(local_aws, regions)
    of_hub = {"Key": "logenabler:function-name", "Value": "one"}
    for region, name in ((ELSEWHERE, "one"), (HOME, "two")):
        events = local_aws.client("events", region)
        with suppress(events.exceptions.ResourceAlreadyExistsException):
            events.create_event_bus(Name=name, Tags=[of_hub])
            events.put_permission(
                EventBusName=name, Action="events:PutEvents", Principal=ACCOUNT, StatementId="forwarders"
            )
            function(local_aws, region)
    if not local_aws.client("cloudtrail", ELSEWHERE).describe_trails()["trailList"]:
        Trail(local_aws.client, ELSEWHERE, "all-regions").log_to("first-bucket-of-the-trail")


def function(local_aws: LocalAws, region: str) -> None:
    local_aws.client("lambda", region).create_function(
        FunctionName="one",
        Role=ROLE,
        Runtime="provided.al2023",
        Handler="bootstrap",
        Code={"ZipFile": script()},
    )


def databases(local_aws: LocalAws, regions: Sequence[str]) -> None:
    """What a hub left behind that was removed before its table schemas: the last of them takes it along."""
    for region in regions:
        glue = local_aws.client("glue", region)
        if not glue.get_databases()["DatabaseList"]:
            owner = {"logenabler:owner": f"hub/{region}/log-enablement-bus"}
            glue.create_database(DatabaseInput={"Name": "log_enablement_bus_schemas", "Parameters": owner})
