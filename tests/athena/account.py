"""An account with every log on: the hub, made by Terraform, the resources, their tables and files."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from athena import lists
from athena.cases import CASES
from athena.logs import BUCKET, FIRST, SECOND, Log, Records
from athena.resources import REGION, Resources
from local import LocalAws
from serde.catalog import Catalog
from terraform import Terraform


def turned_on(local_aws: LocalAws, catalog: Catalog, names: list[str]) -> list[Log]:
    """The logs of all cases, with their tables and files."""
    apply(local_aws)
    local_aws.client("s3", REGION).create_bucket(Bucket=BUCKET)
    resources = Resources(local_aws.client)
    types = {log_type.name: log_type for log_type in catalog.log_types()}
    cases = [(name, CASES[name], resource) for name in names for resource in CASES[name].names]
    logs = [
        Log(name, case, types[name.split()[0]], resources.get(case.resource, one))
        for name, case, one in cases
    ]
    for log in logs:
        log.turn_on()
    local_aws.idle()
    empty(local_aws)
    for log in logs:
        put(local_aws, log, catalog, FIRST, SECOND)
        if log.log_type.is_list:
            lists.make_twin(local_aws, log)
    return logs


def empty(local_aws: LocalAws) -> None:
    """The stand-in writes a log of its own for buckets, in another form than AWS."""
    s3 = local_aws.client("s3", REGION)
    for file in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        s3.delete_object(Bucket=BUCKET, Key=file["Key"])


def apply(local_aws: LocalAws) -> None:
    with tempfile.TemporaryDirectory() as folder:
        terraform = Terraform(Path(folder), local_aws.url)
        terraform.copy("complete")
        terraform.init()
        terraform.apply()


def put(local_aws: LocalAws, log: Log, catalog: Catalog, *days: datetime) -> None:
    """Writes the files of a log."""
    s3, records = local_aws.client("s3", REGION), Records(log, catalog)
    files = {log.key(at): records.body(at) for at in days}
    files |= dict.fromkeys(log.keys_of_no_record(), b"no record")
    for key, body in files.items():
        s3.put_object(Bucket=BUCKET, Key=key, Body=body)
