"""The journal tells which folders were listed, and which files were read."""

from __future__ import annotations


def test_what_is_listed_and_read_is_in_the_journal(local_aws):
    s3 = local_aws.client("s3", "us-east-1")
    s3.create_bucket(Bucket="logs")
    s3.put_object(Bucket="logs", Key="2026/02/03/a", Body=b"x")
    local_aws.clear_journal()
    s3.list_objects_v2(Bucket="logs", Prefix="2026/02/03/")
    s3.get_object(Bucket="logs", Key="2026/02/03/a")
    told = [(call["operation"], call["params"]) for call in local_aws.journal()]
    (listing, prefix), (reading, key) = told
    assert (listing, prefix["Prefix"]) == ("ListObjectsV2", "2026/02/03/")
    assert (reading, key["Key"]) == ("GetObject", "2026/02/03/a")
