"""One API call as AWS would see it, and the answers that can be given to it."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

import botocore.parsers
import botocore.session
from moto.core.exceptions import ServiceException
from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from moto.iam.models import get_account_id_from
from moto.utilities.utils import get_partition

FUNCTION_KEY = "AKIALOCALFUNCTION"
CREDENTIAL = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")
ACCOUNT = re.compile(r"\d{12}$")
ALIASES = {"eventbridge": "events", "monitoring": "cloudwatch", "tagging": "resourcegroupstaggingapi"}
ELB_CLASSIC_VERSION = "2012-06-01"

# Faults have codes that no service's model knows.
warnings.filterwarnings("ignore", r"Exception\(AwsError\) with code")


class AwsError(ServiceException):
    """An error answer. `status` overrides the HTTP status that the service model gives to the code."""

    def __init__(self, code: str, message: str, status: int | None = None):
        super().__init__(code, message)
        self.status = status


@dataclass
class Answer:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"{}")

    @json.setter
    def json(self, value: Any) -> None:
        self.body = json.dumps(value).encode()


@dataclass
class Call:
    """Who asks which service for what, where. `params` is decoded with the service's own model."""

    service: str
    operation: str
    region: str
    account: str
    access_key: str
    session_token: str
    user_agent: str
    trace_id: str
    body: bytes
    model: OperationModel | None = None
    protocol: str = "json"
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body or b"{}")

    @json.setter
    def json(self, value: dict[str, Any]) -> None:
        """What moto is given instead of the caller's own body."""
        self.body = json.dumps(value).encode()

    @property
    def partition(self) -> str:
        return get_partition(self.region)

    @property
    def actor(self) -> str:
        if self.access_key.startswith(FUNCTION_KEY):
            return "function"
        # Look-ups have no user agent; the key that Terraform gets here tells them.
        caller = f"{self.user_agent} {self.access_key}"
        return "terraform" if re.search("terraform|logenabler", caller, re.I) else "other"

    def answer(self, result: dict[str, Any] | Exception) -> Answer:
        """An answer in the service's own protocol, from its parsed form or from an error."""
        serializer = get_serializer_class(self.service, self.protocol)
        model = self.model or OperationModel(
            {"name": self.operation or "Unknown"}, get_service_model("events")
        )
        sent = serializer(model).serialize(result)
        status = getattr(result, "status", None) or sent["status_code"]
        body = sent["body"] or b""
        return Answer(status, dict(sent["headers"]), body.encode() if isinstance(body, str) else body)

    def parse(self, answer: Answer) -> dict[str, Any]:
        """What an SDK would read from an answer."""
        parser = botocore.parsers.create_parser(self.protocol)
        raw = {"status_code": answer.status, "headers": answer.headers, "body": answer.body}
        return parser.parse(raw, self.model.output_shape if self.model else None)


def function_access_key(account: str) -> str:
    """The access key that a function's process gets: it says that a call comes from a function, and whose."""
    return FUNCTION_KEY + account


def read_call(environ: dict[str, Any], body: bytes) -> Call:
    """Read a signed request; Misread when it is not a call that AWS would understand."""
    signed = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    key, region, service = signed.groups() if signed else ("", "us-east-1", "")
    call = Call(
        service=_service(service, body),
        operation=environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2],
        region=region,
        account=_account(key, environ),
        access_key=key,
        session_token=environ.get("HTTP_X_AMZ_SECURITY_TOKEN", ""),
        user_agent=environ.get("HTTP_USER_AGENT", ""),
        trace_id=environ.get("HTTP_X_AMZN_TRACE_ID", ""),
        body=body,
    )
    if call.service:
        _decode(call, environ)
    if region not in regions():
        code = "InvalidClientTokenId" if call.protocol == "query" else "UnrecognizedClientException"
        raise Misread(call, AwsError(code, _BAD_REGION, 400))
    return call


class Misread(Exception):
    """A request that was understood only in part, and the error to answer it with."""

    def __init__(self, call: Call, error: AwsError):
        super().__init__(error.message)
        self.call, self.error = call, error


@cache
def regions() -> frozenset[str]:
    """Every region of every partition, and what the SDKs sign for global services."""
    session = botocore.session.get_session()
    partitions = session.get_available_partitions()
    return frozenset(r for p in partitions for r in session.get_available_regions("ec2", p)) | {"aws-global"}


_BAD_REGION = "The security token included in the request is invalid."


def _service(signing_name: str, body: bytes) -> str:
    if signing_name == "elasticloadbalancing":
        version = parse_qs(body.decode("utf-8", "replace")).get("Version")
        return "elb" if version == [ELB_CLASSIC_VERSION] else "elbv2"
    return ALIASES.get(signing_name, signing_name)


def _account(access_key: str, environ: dict[str, Any]) -> str:
    if access_key.startswith(FUNCTION_KEY):
        marked = ACCOUNT.search(access_key)
        return marked.group() if marked else get_account_id_from(access_key)
    return environ.get("HTTP_X_MOTO_ACCOUNT_ID") or get_account_id_from(access_key)


def _decode(call: Call, environ: dict[str, Any]) -> None:
    try:
        service = get_service_model(call.service)
    except Exception:  # botocore has no such service: moto will say what it makes of it
        return
    request = Request({**environ, "wsgi.input": BytesIO(call.body)})
    try:
        url_params = _find_operation(call, service, request)
    except Exception as unknown:
        message = f"{call.service} has no operation {call.operation or request.path}"
        raise Misread(call, AwsError("UnknownOperationException", message, 400)) from unknown
    try:
        call.params = _params(call, request, url_params)
    except Exception as malformed:
        raise Misread(call, AwsError("SerializationException", str(malformed), 400)) from malformed


def _find_operation(call: Call, service: ServiceModel, request: Request) -> dict[str, Any]:
    """Set the protocol, the operation and its model; what the path holds of the parameters."""
    call.protocol = determine_request_protocol(service, request.content_type)
    url_params: dict[str, Any] = {}
    if call.protocol.startswith("rest"):
        routed, url_params = get_service_router(call.service).match(request)
        call.operation = routed.name
    elif call.protocol in ("query", "ec2"):
        call.operation = parse_qs(call.body.decode("utf-8", "replace")).get("Action", [""])[0]
    call.model = service.operation_model(call.operation)
    return url_params


def _params(call: Call, request: Request, url_params: dict[str, Any]) -> dict[str, Any]:
    is_json = call.protocol in ("json", "rest-json") and call.model.get_streaming_input() is None
    if is_json and not isinstance(call.json, dict):
        raise ValueError("The request body must be a JSON object.")
    return PROTOCOL_PARSERS[call.protocol](call.model).parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": call.body,
            "url_path": request.path,
            "url_params": url_params,
        }
    )
