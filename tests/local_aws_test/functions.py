"""A function for tests: a bootstrap in Python that speaks the Runtime API, and what it needs around it."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import Any

REGION = "us-east-1"
ACCOUNT = "123456789012"

BOOTSTRAP = """#!{python}
import json, os, sys, time, urllib.request
API = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/"
VERSION = {version!r}
count = 0
def post(path, value):
    request = urllib.request.Request(API + path, json.dumps(value).encode(), method="POST")
    urllib.request.urlopen(request).read()
while True:
    answer = urllib.request.urlopen(API + "invocation/next")
    event, request_id = json.load(answer), answer.headers["Lambda-Runtime-Aws-Request-Id"]
    count += 1
    print("got", json.dumps(event), flush=True)
    do = event.get("detail", event).get("do") if isinstance(event, dict) else None
    if do == "crash":
        sys.exit(3)
    if do == "hang":
        time.sleep(600)
    if do == "fail":
        post("invocation/%s/error" % request_id, {{"errorType": "Told", "errorMessage": "told to fail"}})
    else:
        post("invocation/%s/response" % request_id, {{
            "event": event, "count": count, "pid": os.getpid(), "version": VERSION,
            "environment": dict(os.environ),
        }})
"""


def package(version: str = "1", mode: int = 0o755, name: str = "bootstrap") -> bytes:
    """A zip with the bootstrap."""
    entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    entry.external_attr = mode << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, BOOTSTRAP.format(python=sys.executable, version=version))
    return buffer.getvalue()


def trust(service: str) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
        }
    )


def role(aws: Any, name: str = "role", service: str = "lambda.amazonaws.com") -> str:
    made = aws.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust(service))
    return made["Role"]["Arn"]


def allow(aws: Any, role: str, arn: str, action: str = "sqs:SendMessage") -> None:
    """Give the role the right."""
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": action, "Resource": arn}],
    }
    aws.client("iam").put_role_policy(RoleName=role, PolicyName="allow", PolicyDocument=json.dumps(document))


def function(aws: Any, name: str = "f", code: bytes | None = None, region: str = REGION, **more: Any) -> str:
    """An active function; its ARN."""
    aws.settings(role_looks=0, pending_reads=0, update_reads=0)
    role_arn = more.pop("Role", None) or role(aws, f"{name}-role-{region}")
    made = aws.client("lambda", region).create_function(**creation(name, role_arn, code, **more))
    return made["FunctionArn"]


def creation(name: str, role_arn: str, code: bytes | None = None, **more: Any) -> dict[str, Any]:
    return {
        "FunctionName": name,
        "Role": role_arn,
        "Runtime": "provided.al2023",
        "Handler": "bootstrap",
        "Code": {"ZipFile": package() if code is None else code},
        **more,
    }


def invoke(aws: Any, payload: Any, name: str = "f", region: str = REGION) -> tuple[Any, str | None]:
    """What a direct invocation answers, and its FunctionError."""
    answer = aws.client("lambda", region).invoke(FunctionName=name, Payload=json.dumps(payload))
    return json.load(answer["Payload"]), answer.get("FunctionError")


def queue(
    aws: Any, name: str, region: str = REGION, open_to: str | None = "events.amazonaws.com"
) -> tuple[str, str]:
    """A queue that a service may send to: its URL and its ARN."""
    arn = f"arn:aws:sqs:{region}:{ACCOUNT}:{name}"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": open_to},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    policy = {"Policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})} if open_to else {}
    return aws.client("sqs", region).create_queue(QueueName=name, Attributes=policy)["QueueUrl"], arn


def messages(aws: Any, url: str, region: str = REGION) -> list[dict[str, Any]]:
    """Every message in the queue, with its body decoded."""
    client, found = aws.client("sqs", region), []
    while received := client.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
    ).get("Messages"):
        found += [{**message, "Body": json.loads(message["Body"])} for message in received]
        for message in received:
            client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


def event(**more: Any) -> dict[str, Any]:
    """An envelope as EventBridge has it."""
    return {
        "version": "0",
        "id": "11111111-2222-3333-4444-555555555555",
        "detail-type": "test",
        "source": "aws.test",
        "account": ACCOUNT,
        "time": "2026-01-02T03:04:05Z",
        "region": REGION,
        "resources": ["arn:aws:x"],
        "detail": {"a": 1},
        **more,
    }
