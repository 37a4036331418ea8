"""Lambda's control plane: what it refuses, what moto forgets, and Invoke with the real bootstrap."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from typing import Any
from weakref import WeakKeyDictionary

from . import invocations, queues, rights
from .actions import Right
from .call import Answer, AwsError, Call
from .hooks import after, before, instead
from .roles import role_trusts
from .settings import SETTINGS

SERVICE = "lambda.amazonaws.com"
NAME = re.compile(r"[a-zA-Z0-9-_]{1,64}")
STATEMENT_ID = re.compile(r"[a-zA-Z0-9-_]{1,100}")
VARIABLE = re.compile(r"[a-zA-Z][a-zA-Z0-9_]+")
ENVIRONMENT_LIMIT = 4096
POLICY_LIMIT = 20480
MINIMUM_UNRESERVED = 100
RESERVED = frozenset(
    "_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME "
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE "
    "AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID "
    "AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT "
    "LAMBDA_RUNTIME_DIR".split()
)
FORGOTTEN = ("LoggingConfig", "DeadLetterConfig")  # moto accepts these and never gives them back

_remembered: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


@before("lambda", "CreateFunction")
def _create(call: Call) -> None:
    asked = call.params
    if not NAME.fullmatch(asked["FunctionName"]):
        raise _invalid(
            f"Value '{asked['FunctionName']}' at 'functionName' must match {NAME.pattern}.",
            "ValidationException",
        )
    _check_configuration(call)
    _check_code(asked.get("Code", {}).get("ZipFile"), asked.get("Runtime"))
    if asked.get("PackageType", "Zip") == "Zip" and not (asked.get("Handler") and asked.get("Runtime")):
        raise _invalid(
            "Runtime and Handler are mandatory parameters for functions created with deployment packages."
        )
    if invocations.find(asked["FunctionName"], call.account, call.region):
        raise AwsError("ResourceConflictException", f"Function already exist: {asked['FunctionName']}", 409)
    _check_role(call, asked["Role"])


@before("lambda", "UpdateFunctionConfiguration")
def _update_configuration(call: Call) -> None:
    _check_configuration(call)
    if call.params.get("Role"):
        _check_role(call, call.params["Role"])
    body = call.json
    if "Environment" in body:  # moto insists on the member that AWS lets one omit
        call.json = {**body, "Environment": {"Variables": {}, **(body["Environment"] or {})}}


@before("lambda", "UpdateFunctionCode")
def _update_code(call: Call) -> None:
    _check_code(call.params.get("ZipFile"), _function(call).run_time)


@after("lambda", "UpdateFunctionCode")
def _update_architecture(call: Call, answer: Answer) -> None:
    """moto takes the new code only."""
    if answer.status < 400 and call.params.get("Architectures"):
        _function(call).architectures = call.params["Architectures"]


@after(
    "lambda",
    "CreateFunction",
    "UpdateFunctionConfiguration",
    "UpdateFunctionCode",
    "GetFunction",
    "GetFunctionConfiguration",
)
def _remember(call: Call, answer: Answer) -> None:
    if answer.status >= 400:
        return
    function = _function(call)
    kept = _remembered.setdefault(function, {})
    if not call.operation.startswith("Get"):
        kept.update({name: call.params[name] for name in FORGOTTEN if call.params.get(name)})
    body = answer.json
    shown = body.get("Configuration", body)
    log_group = {"LogFormat": "Text", "LogGroup": function.logs_group_name}
    function.logging_config = shown["LoggingConfig"] = {**log_group, **kept.get("LoggingConfig", {})}
    if kept.get("DeadLetterConfig", {}).get("TargetArn"):
        shown["DeadLetterConfig"] = kept["DeadLetterConfig"]
    answer.json = body


@after("lambda", "GetFunction")
def _show_concurrency(call: Call, answer: Answer) -> None:
    """moto leaves out the reservation of nothing, which is how a function is stopped."""
    reserved = _function(call).reserved_concurrency if answer.status < 400 else None
    if reserved is not None:
        answer.json = {**answer.json, "Concurrency": {"ReservedConcurrentExecutions": reserved}}


@after("lambda", "GetFunction")
def _hide_tags(call: Call, answer: Answer) -> None:
    """Who may not list the tags is told why they are not there, in an answer that is none the worse."""
    who, body = rights.caller(call), answer.json if answer.status < 400 else {}
    right = Right("lambda:ListTags", _function(call).function_arn) if body.get("Tags") else None
    if who and right and not rights.may(who, right):
        del body["Tags"]
        error = {"ErrorCode": "AccessDeniedException", "Message": rights.refusal(who, right)}
        answer.json = {**body, "TagsError": error}


@after("lambda", "DeleteFunction")
def _delete(call: Call, answer: Answer) -> None:
    if answer.status < 400:
        name = call.params["FunctionName"].rpartition(":")[2]
        invocations.stop_later(f"arn:{call.partition}:lambda:{call.region}:{call.account}:function:{name}")


@before("lambda", "AddPermission")
def _add_permission(call: Call) -> None:
    function, sid = _function(call), call.params["StatementId"]
    if not STATEMENT_ID.fullmatch(sid):
        raise _invalid(
            f"Value '{sid}' at 'statementId' must match {STATEMENT_ID.pattern}.", "ValidationException"
        )
    if any(statement.get("Sid") == sid for statement in function.policy.statements):
        message = (
            f"The statement id ({sid}) provided already exists. Please provide a new statement id, "
            "or remove the existing statement."
        )
        raise AwsError("ResourceConflictException", message, 409)
    size = len(json.dumps(function.policy.statements)) + len(call.body)
    if size > POLICY_LIMIT:
        message = f"The final policy size ({size}) is bigger than the limit ({POLICY_LIMIT})."
        raise AwsError("PolicyLengthExceededException", message, 400)


@before("lambda", "PutFunctionEventInvokeConfig", "UpdateFunctionEventInvokeConfig")
def _put_event_invoke_config(call: Call) -> None:
    function, body = _function(call), call.json
    if (
        not 0 <= body.get("MaximumRetryAttempts", 2) <= 2
        or not 60 <= body.get("MaximumEventAgeInSeconds", 60) <= 21600
    ):
        raise _invalid(
            "MaximumRetryAttempts is 0 to 2, MaximumEventAgeInSeconds 60 to 21600.", "ValidationException"
        )
    for destination in (body.get("DestinationConfig") or {}).values():
        _check_destination(function.role, (destination or {}).get("Destination"))
    if call.operation.startswith("Update") and function.event_invoke_config:
        call.json = {**function.event_invoke_config[0].config, **body}
    function.event_invoke_config = []  # moto would keep answering with the first one that was ever put


@before("lambda", "PutFunctionConcurrency")
def _put_concurrency(call: Call) -> None:
    function = _function(call)
    everybody = invocations.lambda_backends[call.account][call.region].list_functions()
    reserved = sum(int(other.reserved_concurrency or 0) for other in everybody if other is not function)
    left = SETTINGS.account_concurrency - reserved - call.params["ReservedConcurrentExecutions"]
    minimum = min(MINIMUM_UNRESERVED, SETTINGS.account_concurrency)
    if left < minimum:
        raise _invalid(
            "Specified ReservedConcurrentExecutions for function decreases account's "
            f"UnreservedConcurrentExecution below its minimum value of [{minimum}]."
        )


@instead("lambda", "Invoke")
def _invoke(call: Call) -> dict[str, Any]:
    function = _function(call)
    kind = call.params.get("InvocationType", "RequestResponse")
    payload = call.body or b"{}"
    try:
        json.loads(payload)
    except ValueError as malformed:
        message = f"Could not parse request body into json: {malformed}"
        raise AwsError("InvalidRequestContentException", message, 400) from None
    if kind == "DryRun":
        return {"StatusCode": 204}
    if kind == "Event":
        invocations.invoke_later(function, payload)
        return {"StatusCode": 202}
    invocation = invocations.invoke(function, payload)
    answer = {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": invocation.result}
    return {**answer, "FunctionError": "Unhandled"} if invocation.failed else answer


@after("lambda", "Invoke")
def _show_acceptance(call: Call, answer: Answer) -> None:
    """The status of an answer is that of HTTP."""
    if answer.status < 400 and call.params.get("InvocationType") == "Event":
        answer.status = 202


def _function(call: Call) -> Any:
    function = invocations.find(call.params["FunctionName"], call.account, call.region)
    if function is None:
        name = call.params["FunctionName"].rpartition(":")[2]
        arn = f"arn:{call.partition}:lambda:{call.region}:{call.account}:function:{name}"
        raise AwsError("ResourceNotFoundException", f"Function not found: {arn}", 404)
    return function


def _check_configuration(call: Call) -> None:
    asked = call.params
    if not 1 <= asked.get("Timeout", 3) <= 900:
        raise _invalid(f"Value '{asked['Timeout']}' at 'timeout' must be 1 to 900.", "ValidationException")
    if not 128 <= asked.get("MemorySize", 128) <= 10240:
        raise _invalid(
            f"'MemorySize' value failed to satisfy constraint: {asked['MemorySize']} is not in 128 to 10240.",
            "ValidationException",
        )
    variables = (asked.get("Environment") or {}).get("Variables") or {}
    if reserved := sorted(RESERVED & variables.keys()):
        raise _invalid(
            "Lambda was unable to configure your environment variables because the environment variables "
            "you have provided contains reserved keys that are currently not supported for modification. "
            f"Reserved keys used in this request: {', '.join(reserved)}"
        )
    if wrong := [name for name in variables if not VARIABLE.fullmatch(name)]:
        raise _invalid(
            f"The environment variable name {wrong[0]!r} must match {VARIABLE.pattern}.",
            "ValidationException",
        )
    if len(json.dumps(variables, separators=(",", ":"))) > ENVIRONMENT_LIMIT:
        raise _invalid(
            "Lambda was unable to configure your environment variables because the environment variables "
            f"you have provided exceeded the 4KB limit. String measured: {json.dumps(variables)[:80]}..."
        )


def _check_code(zip_file: bytes | str | None, runtime: str | None) -> None:
    """AWS notices a missing bootstrap only at the first run: refusing it here finds a bad package sooner."""
    if zip_file is None:
        return
    code = base64.b64decode(zip_file) if isinstance(zip_file, str) else zip_file
    try:
        names = zipfile.ZipFile(io.BytesIO(code)).namelist()
    except zipfile.BadZipFile:
        raise _invalid(
            "Could not unzip uploaded file. Please check your file, then try to upload again."
        ) from None
    if (runtime or "").startswith("provided") and "bootstrap" not in names:
        raise _invalid("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")


def _check_role(call: Call, role_arn: str) -> None:
    if not role_trusts(role_arn, SERVICE, looks=SETTINGS.role_looks):
        raise _invalid("The role defined for the function cannot be assumed by Lambda.")


def _check_destination(role_arn: str, destination: str | None) -> None:
    if not destination:
        return
    if destination.split(":")[2:3] != ["sqs"]:
        return
    if queues.find(destination) is None:
        raise _invalid(
            f"The provided destination config is invalid: the destination ARN {destination} is invalid."
        )
    if not rights.may(role_arn, Right("sqs:SendMessage", destination)):
        raise _invalid(
            "The provided destination config is invalid: the function's execution role does not have "
            f"permissions to call SendMessage on {destination}"
        )


def _invalid(message: str, code: str = "InvalidParameterValueException") -> AwsError:
    return AwsError(code, message, 400)
