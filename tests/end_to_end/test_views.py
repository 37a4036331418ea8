"""Views over folders that others share, as Glue holds them."""

from __future__ import annotations

import base64
import json
from typing import Any

from load_balancer import LoadBalancer
from local import LocalAws
from terraform import Terraform

DATABASE = "alb_access_logs_db"
# What an answer tells besides what a maker may say.
OF_GLUE = set(
    "DatabaseName CreateTime UpdateTime VersionId CatalogId CreatedBy IsRegisteredWithLakeFormation".split()
)


def named(local_aws: LocalAws, name: str) -> dict[str, Any]:
    local_aws.idle()
    glue = local_aws.client("glue", "eu-west-1")
    table = glue.get_table(DatabaseName=DATABASE, Name=name)["Table"]
    return {member: value for member, value in table.items() if member not in OF_GLUE}


def definition(view: dict[str, Any]) -> dict[str, Any]:
    text = view["ViewOriginalText"]
    assert text.startswith("/* Presto View: ") and text.endswith(" */")
    return json.loads(base64.b64decode(text.split()[3]))


def test_two_load_balancers_with_one_bucket_have_a_view_each(
    local_aws: LocalAws, terraform: Terraform
) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    resources = [LoadBalancer(local_aws.client, "eu-west-1", name) for name in ("shop", "shop-2")]
    for resource in resources:
        resource.log_to("shop-logs")
    places = set()
    for name, resource in zip(("alb_shop", "alb_shop_2"), resources, strict=True):
        view, below = named(local_aws, name), named(local_aws, f"{name}_raw")
        places.add(below["StorageDescriptor"]["Location"])
        assert view["TableType"] == "VIRTUAL_VIEW"
        assert view["ViewExpandedText"] == "/* Presto View */"
        said = definition(view)
        assert (said["catalog"], said["schema"]) == ("awsdatacatalog", DATABASE)
        assert f'FROM "{DATABASE}"."{name}_raw"' in said["originalSql"]
        kind, called, number = resource.arn.split("/")[1:]
        assert rf"{kind}\.{called}\.{number}_" in said["originalSql"]
        columns = view["StorageDescriptor"]["Columns"]
        assert [one["name"] for one in said["columns"]] == [one["Name"] for one in columns]
        assert {one["Type"] for one in columns if one["Name"] == "time"} == {"timestamp"}
    assert len(places) == 1, "they share a folder"


def test_a_table_of_an_earlier_version_becomes_a_view(local_aws: LocalAws, terraform: Terraform) -> None:
    terraform.copy("complete")
    terraform.init()
    terraform.apply()
    shop = LoadBalancer(local_aws.client, "eu-west-1", "shop")
    shop.log_to("shop-logs")
    view, below = named(local_aws, "alb_shop"), named(local_aws, "alb_shop_raw")
    glue = local_aws.client("glue", "eu-west-1")
    for name in ("alb_shop", "alb_shop_raw"):
        glue.delete_table(DatabaseName=DATABASE, Name=name)
    earlier = below | {"Name": "alb_shop", "Parameters": below["Parameters"] | {"theirs": "x"}}
    glue.create_table(DatabaseName=DATABASE, TableInput=earlier)
    shop.log_to("shop-logs")
    assert named(local_aws, "alb_shop_raw") == below
    converted = named(local_aws, "alb_shop")
    assert converted["Parameters"].pop("theirs") == "x"
    for member in ("TableType", "Parameters", "ViewOriginalText", "StorageDescriptor", "PartitionKeys"):
        assert converted[member] == view[member], member
