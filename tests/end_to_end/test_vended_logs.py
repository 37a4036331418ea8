"""Logs that CloudWatch Logs delivers: two services, four formats, three forms of paths, all in one hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from bucket import Bucket
from distribution import Distribution
from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform
from vended_log import VendedLog

REGION = "us-east-1"
ACCOUNT = "123456789012"
DATED = "year=${year}/month=${month}/day=${day}"


@dataclass(frozen=True)
class Form:
    """How files lie: what is asked for, and what the table has, with the resource's own parts in braces."""

    service: str
    path: dict[str, Any]
    folder: str
    below: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """How records are written, and what reads them."""

    serde: str
    first_types: tuple[str, ...]
    parameters: dict[str, str]


FORMS = {
    "cloudfront, plain path": Form("cloudfront", {}, "AWSLogs/{account}/CloudFront/", "", ()),
    "cloudfront, suffix": Form(
        "cloudfront",
        {"suffixPath": "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}"},
        "AWSLogs/{account}/CloudFront/{id}/",
        "${hour}",
        ("hour",),
    ),
    "cloudfront, hive": Form(
        "cloudfront",
        {"suffixPath": "{distributionid}/{yyyy}/{MM}/{dd}", "enableHiveCompatiblePath": True},
        "AWSLogs/aws-account-id={account}/CloudFront/distributionid={id}/",
        DATED,
        ("year", "month", "day"),
    ),
    "alb, plain path": Form(
        "alb", {}, "AWSLogs/{account}/elasticloadbalancing/us-east-1/", "${day}", ("day",)
    ),
    "alb, suffix": Form(
        "alb",
        {"suffixPath": "web/{yyyy}/{MM}/{dd}/{HH}"},
        "AWSLogs/{account}/elasticloadbalancing/web/",
        "${hour}",
        ("hour",),
    ),
    "alb, hive": Form(
        "alb",
        {"enableHiveCompatiblePath": True},
        "AWSLogs/aws-account-id={account}/elasticloadbalancing/region=us-east-1/",
        DATED,
        ("year", "month", "day"),
    ),
}
LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
FORMATS = {
    "plain": Written(LAZY, ("typed",), {"field.delim": ","}),
    "w3c": Written(LAZY, ("typed",), {"field.delim": "\t"}),
    "json": Written("org.openx.data.jsonserde.JsonSerDe", ("string",), {"ignore.malformed.json": "true"}),
    "parquet": Written("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", ("string",), {}),
}
# The first columns where text has types of its own.
TYPED = {
    "cloudfront": ("date", "string", "string", "bigint"),
    "alb": ("string", "string", "string", "string"),
}
COUNTS = {"cloudfront": 35, "alb": 34}
EVERY = [(form, written) for form in FORMS for written in FORMATS]


class Vended:
    """One resource, its delivered log, and the table that should follow."""

    def __init__(self, local_aws: LocalAws, number: int, form: str, written: str):
        self._aws, self.form, self.format = local_aws, FORMS[form], written
        name = f"site{number}"
        if self.form.service == "cloudfront":
            self.resource: Any = Distribution(local_aws.client, name)
            self.id = self.resource.id
            database, log_type = "cloudfront_v2_access_logs_db", "ACCESS_LOGS"
            self.table_name = database, f"cloudfront_v2_{self.id.lower()}"
        else:
            self.resource = LoadBalancer(local_aws.client, REGION, name)
            self.id = name
            self.table_name, log_type = ("alb_access_logs_db", f"alb_{name}"), "ALB_ACCESS_LOGS"
        self.log = VendedLog(local_aws.client, REGION, name, self.resource.arn, log_type)

    def turn_on(self, bucket: str) -> None:
        settings: dict[str, Any] = {"fieldDelimiter": ","} if self.format == "plain" else {}
        if self.form.path:
            settings["s3DeliveryConfiguration"] = self.form.path
        self.log.deliver_to(f"arn:aws:s3:::{bucket}", self.format, **settings)

    def shown(self) -> dict[str, Any]:
        """What people query."""
        database, name = self.table_name
        return self._aws.client("glue", REGION).get_table(DatabaseName=database, Name=name)["Table"]

    def table(self) -> dict[str, Any]:
        """What reads the files: below a view, where others may share their folder."""
        shown, (database, name) = self.shown(), self.table_name
        if shown["TableType"] != "VIRTUAL_VIEW":
            return shown
        below = self._aws.client("glue", REGION).get_table(DatabaseName=database, Name=f"{name}_raw")["Table"]
        for mark in ("logenabler.delivery", "logenabler.enabled"):
            assert below["Parameters"].get(mark) == shown["Parameters"].get(mark)
        return below

    def check(self, bucket: str) -> None:
        """The whole of what Glue is told."""
        table, written, form = self.table(), FORMATS[self.format], self.form
        storage, parameters = table["StorageDescriptor"], table["Parameters"]
        location = f"s3://{bucket}/{form.folder.format(account=ACCOUNT, id=self.id)}"
        assert storage["Location"] == location
        is_shared = "{id}" not in form.folder
        assert (self.shown()["TableType"] == "VIRTUAL_VIEW") == is_shared
        assert parameters.get("storage.location.template", location) == location + form.below
        assert tuple(key["Name"] for key in table["PartitionKeys"]) == form.keys
        assert storage["SerdeInfo"]["SerializationLibrary"] == written.serde
        assert written.parameters.items() <= storage["SerdeInfo"]["Parameters"].items()
        assert parameters.get("skip.header.line.count") == ("1" if self.format == "w3c" else None)
        columns = storage["Columns"]
        assert len(columns) == COUNTS[form.service]
        types = TYPED[form.service] if written.first_types == ("typed",) else ("string",) * 4
        assert tuple(column["Type"] for column in columns[:4]) == types
        assert parameters["logenabler.delivery"].endswith(f":delivery:{self.log.id}")
        assert parameters["logenabler.resource_arn"] == self.resource.arn
        assert self.enabled()

    def enabled(self) -> bool:
        return self.table()["Parameters"]["logenabler.enabled"] == "true"


@pytest.fixture
def hub(terraform: Terraform) -> Terraform:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    return terraform


@pytest.mark.usefixtures("hub")
def test_every_service_has_every_format_in_every_form_of_path(local_aws: LocalAws) -> None:
    every = [Vended(local_aws, number, *names) for number, names in enumerate(EVERY)]
    for one in every:
        one.turn_on("delivered")
    local_aws.idle()
    for one in every:
        one.check("delivered")

    for one in every:
        one.log.change(s3DeliveryConfiguration={"suffixPath": "moved/{yyyy}/{MM}/{dd}"})
    local_aws.idle()
    for one in every:
        location = one.table()["StorageDescriptor"]["Location"]
        # CloudFront's own folders are in the suffix path of a new delivery, and are gone where it is changed.
        above = "" if one.form.service == "cloudfront" else one.form.folder.split("us-east-1")[0]
        above = above.removesuffix("region=").removesuffix("web/").format(account=ACCOUNT)
        assert location == f"s3://delivered/{above}moved/"

    for one in every:
        one.log.stop()
    # Each of them looks through all tables of deliveries, in the local AWS's small pages.
    local_aws.idle(timeout=55)
    assert [one for one in every if one.enabled()] == []
    every[0].turn_on("delivered")
    local_aws.idle()
    every[0].check("delivered")
    every[0].resource.delete()
    local_aws.idle()
    assert not every[0].enabled(), "without the distribution there is no log"


@pytest.mark.usefixtures("hub")
def test_fields_are_columns_in_their_order(local_aws: LocalAws) -> None:
    one = Vended(local_aws, 1, "cloudfront, plain path", "json")
    one.turn_on("delivered")
    one.log.change(recordFields=["cs(Host)", "timestamp(ms)", "date"])
    local_aws.idle()
    storage = one.table()["StorageDescriptor"]
    names = [column["Name"] for column in storage["Columns"]]
    assert names == ["cs_host", "timestamp_ms", "date"]
    mapped = {key: value for key, value in storage["SerdeInfo"]["Parameters"].items() if "mapping" in key}
    assert mapped == {"mapping.cs_host": "cs(host)", "mapping.timestamp_ms": "timestamp(ms)"}


@pytest.mark.usefixtures("hub")
def test_a_destination_that_moves_takes_its_deliveries_along(local_aws: LocalAws) -> None:
    one = Vended(local_aws, 1, "alb, plain path", "json")
    one.turn_on("delivered")
    one.log.destination("arn:aws:s3:::moved/web")
    local_aws.idle()
    assert one.table()["StorageDescriptor"]["Location"] == "s3://moved/web/us-east-1/"


@pytest.mark.usefixtures("hub")
def test_a_load_balancer_and_a_bucket_deliver_what_they_log_themselves(local_aws: LocalAws) -> None:
    one = Vended(local_aws, 1, "alb, plain path", "json")
    one.turn_on("delivered")
    one.resource.log_to("own")
    local_aws.idle()
    own = one.table()
    assert "logenabler.delivery" not in own["Parameters"]
    assert len(own["StorageDescriptor"]["Columns"]) == 38
    one.log.stop()
    local_aws.idle()
    assert one.enabled(), "the load balancer's own log is on"
    one.turn_on("delivered")
    one.resource.stop_logging()
    local_aws.idle()
    one.check("delivered")

    bucket = Bucket(local_aws.client, "eu-west-1", "shop")
    log = VendedLog(local_aws.client, "eu-west-1", "bucket", bucket.arn, "S3_SERVER_ACCESS_LOGS")
    log.deliver_to("arn:aws:s3:::delivered/s3", "parquet")
    local_aws.idle()
    glue = local_aws.client("glue", "eu-west-1")
    shown = glue.get_table(DatabaseName="s3_access_logs_db", Name="s3_shop")["Table"]
    assert shown["TableType"] == "VIRTUAL_VIEW", "of its own rows, by the name of the bucket"
    table = glue.get_table(DatabaseName="s3_access_logs_db", Name="s3_shop_raw")["Table"]
    assert table["StorageDescriptor"]["Location"] == "s3://delivered/s3/eu-west-1/"
    assert len(table["StorageDescriptor"]["Columns"]) == 29


@pytest.mark.usefixtures("hub")
def test_once_a_delivery_is_deleted_the_table_is_where_the_load_balancer_logs_itself(
    local_aws: LocalAws,
) -> None:
    one = Vended(local_aws, 1, "alb, plain path", "json")
    one.resource.log_to("own")
    local_aws.idle()
    one.turn_on("delivered")
    local_aws.idle()
    one.check("delivered")
    one.log.stop()
    local_aws.idle()
    own = one.table()
    assert own["StorageDescriptor"]["Location"].startswith("s3://own/AWSLogs/")
    assert "logenabler.delivery" not in own["Parameters"] and one.enabled()
    one.resource.stop_logging()
    local_aws.idle()
    assert not one.enabled()


@pytest.mark.usefixtures("hub")
def test_a_log_that_nobody_knows_is_named_and_is_no_failure(local_aws: LocalAws) -> None:
    site = Distribution(local_aws.client, "site")
    log = VendedLog(local_aws.client, REGION, "site", site.arn, "CONNECTION_LOGS")
    log.deliver_to("arn:aws:s3:::delivered", "json")
    local_aws.idle()
    log.stop()
    local_aws.idle()
    logs = local_aws.client("logs", "ap-southeast-2")
    said = logs.filter_log_events(logGroupName="/aws/lambda/EventDrivenLogEnabler")["events"]
    lines = [event["message"] for event in said]
    assert any("CONNECTION_LOGS" in line for line in lines)
    assert [line for line in lines if '"outcome":"failed"' in line] == []
    assert [table for table in local_aws.inventory()["tables"] if table["region"] == REGION] == []
