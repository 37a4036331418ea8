"""An account with every log on: the hub, made by Terraform, the resources, their tables and files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from athena import lists, saved
from athena.cases import CASES
from athena.logs import BUCKET, FIRST, SECOND, Log
from athena.records import log_type_of, records
from athena.resources import REGION, STREAM, Resources
from local import LocalAws
from serde.catalog import Catalog
from serde.hive import Hive
from stream import LINES, Stream
from terraform import Terraform


@dataclass
class Account:
    """Of the stand-in, and what writes its files."""

    local_aws: LocalAws
    catalog: Catalog
    hive: Hive

    def turned_on(self, names: list[str]) -> list[Log]:
        """The logs of all cases, with their tables and files."""
        apply(self.local_aws)
        saved.make_workgroup(self.local_aws)
        self.local_aws.client("s3", REGION).create_bucket(Bucket=BUCKET)
        settings = {"Prefix": f"{STREAM}/", "ProcessingConfiguration": LINES}
        Stream(self.local_aws.client, REGION, STREAM, BUCKET, **settings)
        logs = list(self.logs(names))
        for log in logs:
            log.turn_on()
        self.local_aws.idle()
        empty(self.local_aws)
        for log in logs:
            self.put(log, FIRST, SECOND)
            if log.log_type.is_list:
                lists.make_twin(self.local_aws, log)
        return logs

    def logs(self, names: list[str]) -> Iterator[Log]:
        resources = Resources(self.local_aws.client)
        types = {log_type.name: log_type for log_type in self.catalog.log_types()}
        for name in names:
            case, usual = CASES[name], types[name.split()[0]]
            log_type = log_type_of(case, usual, self.catalog)
            for one in case.names:
                yield Log(name, case, usual, log_type, resources.get(case.resource, one))

    def put(self, log: Log, *days: datetime) -> None:
        """Writes the files of a log."""
        s3, written = self.local_aws.client("s3", REGION), records(log, self.catalog)
        files = {log.key(at): written.body(at, self.hive) for at in days}
        files |= dict.fromkeys(log.keys_of_no_record(), b"no record")
        for key, body in files.items():
            s3.put_object(Bucket=BUCKET, Key=key, Body=body)


def empty(local_aws: LocalAws) -> None:
    """The stand-in writes a log of its own for buckets, in another form than AWS."""
    s3 = local_aws.client("s3", REGION)
    for file in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        s3.delete_object(Bucket=BUCKET, Key=file["Key"])


def apply(local_aws: LocalAws) -> None:
    with tempfile.TemporaryDirectory() as folder:
        terraform = Terraform(Path(folder), local_aws.url)
        terraform.copy("complete")
        example = terraform.folder / "main.tf"
        text = example.read_text()
        example.write_text(text.replace("log_retention_days = 14", "enable_saved_queries = true"))
        terraform.init()
        terraform.apply()
