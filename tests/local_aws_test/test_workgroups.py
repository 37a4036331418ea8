"""Athena's workgroups, as AWS keeps them."""

from __future__ import annotations

import pytest

from .refusals import refused

INVALID = "InvalidRequestException"
ARN = "arn:aws:athena:us-east-1:123456789012:workgroup/w"
TAG = {"Key": "a", "Value": "b"}


@pytest.fixture
def athena(local_aws):
    athena = local_aws.client("athena")
    athena.create_work_group(Name="w", Tags=[TAG])
    return athena


def configured(athena, name="w"):
    return athena.get_work_group(WorkGroup=name)["WorkGroup"]["Configuration"]


def test_what_is_not_there_is_refused(local_aws):
    athena = local_aws.client("athena")
    for call in (athena.get_work_group, athena.update_work_group, athena.delete_work_group):
        refused(lambda call=call: call(WorkGroup="w"), INVALID, "WorkGroup w is not found.")
    for call, more in (
        (athena.list_tags_for_resource, {}),
        (athena.tag_resource, {"Tags": [TAG]}),
        (athena.untag_resource, {"TagKeys": ["a"]}),
    ):
        refused(lambda call=call, more=more: call(ResourceARN=ARN, **more), "ResourceNotFoundException")


def test_what_is_there_is_not_made_again(athena):
    refused(lambda: athena.create_work_group(Name="w"), INVALID, "already created")
    refused(lambda: athena.create_work_group(Name="primary"), INVALID, "could not be created")
    refused(lambda: athena.delete_work_group(WorkGroup="primary"), INVALID, "could not be deleted")


@pytest.mark.parametrize("name", ["a b", "a/b", "ü", "x" * 129])
def test_a_name_that_cannot_be_is_refused(local_aws, name):
    refused(lambda: local_aws.client("athena").create_work_group(Name=name), INVALID)


@pytest.mark.parametrize(
    "configuration",
    [
        {"BytesScannedCutoffPerQuery": 9_999_999},
        {"ResultConfiguration": {"OutputLocation": "bucket/prefix/"}},
        {"ResultConfiguration": {"OutputLocation": "s3://b/"}},
        {"ResultConfiguration": {"EncryptionConfiguration": {}}},
    ],
)
def test_a_setting_that_cannot_be_is_refused(local_aws, configuration):
    athena = local_aws.client("athena")
    refused(lambda: athena.create_work_group(Name="w", Configuration=configuration), INVALID)


def test_an_update_sets_and_removes_and_leaves_the_rest(athena):
    def update(**updates):
        athena.update_work_group(WorkGroup="w", ConfigurationUpdates=updates)

    sse = {"EncryptionConfiguration": {"EncryptionOption": "SSE_S3"}}
    update(
        BytesScannedCutoffPerQuery=10_000_000,
        ResultConfigurationUpdates={"OutputLocation": "s3://bucket/", **sse},
    )
    update(
        RemoveBytesScannedCutoffPerQuery=True,
        EnforceWorkGroupConfiguration=False,
        ResultConfigurationUpdates={"RemoveOutputLocation": True},
    )
    now = configured(athena)
    assert "BytesScannedCutoffPerQuery" not in now
    assert (now["EnforceWorkGroupConfiguration"], now["ResultConfiguration"]) == (False, sse)
    both = {"OutputLocation": "s3://bucket/", "RemoveOutputLocation": True}
    refused(lambda: update(ResultConfigurationUpdates=both), INVALID)


def test_a_workgroup_that_holds_queries_goes_only_with_them(athena):
    athena.create_named_query(Name="q", Database="d", QueryString="SELECT 1", WorkGroup="w")
    refused(lambda: athena.delete_work_group(WorkGroup="w"), INVALID, "WorkGroup w is not empty")
    athena.delete_work_group(WorkGroup="w", RecursiveDeleteOption=True)
    athena.create_work_group(Name="w")
    assert athena.list_named_queries(WorkGroup="w")["NamedQueryIds"] == []
    assert athena.list_tags_for_resource(ResourceARN=ARN)["Tags"] == []


def test_tags_come_and_go(athena):
    athena.tag_resource(ResourceARN=ARN, Tags=[{"Key": "c", "Value": "d"}])
    athena.untag_resource(ResourceARN=ARN, TagKeys=["a"])
    assert athena.list_tags_for_resource(ResourceARN=ARN)["Tags"] == [{"Key": "c", "Value": "d"}]
    many = [{"Key": str(number), "Value": ""} for number in range(50)]
    refused(lambda: athena.tag_resource(ResourceARN=ARN, Tags=many), INVALID, "at most 50")
