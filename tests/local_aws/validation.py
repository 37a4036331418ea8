"""The members that an operation requires, and the types and ranges of all, by the service's own model."""

from __future__ import annotations

from botocore.validate import ParamValidator

from .call import AwsError, Call

CODES = {
    "athena": "InvalidRequestException",
    "cloudwatch": "ValidationError",
    "elb": "ValidationError",
    "elbv2": "ValidationError",
    "events": "ValidationException",
    "glue": "InvalidInputException",
    "iam": "ValidationError",
    "lambda": "ValidationException",
    "logs": "InvalidParameterException",
    "sqs": "InvalidParameterValue",
}


def check_members(call: Call) -> None:
    """AwsError when the parameters do not have the shape that the service's model gives them."""
    if call.model is None or call.service not in CODES or call.model.get_streaming_input() is not None:
        return
    if call.model.input_shape is None:
        return
    report = ParamValidator().validate(call.params, call.model.input_shape)
    if report.has_errors():
        raise AwsError(CODES[call.service], f"1 validation error detected: {report.generate_report()}", 400)
