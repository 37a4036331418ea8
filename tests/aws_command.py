"""The AWS command line, as far as the guides use it: `aws_command.py sts get-caller-identity`.

Commands and options are botocore's, as those of the real one are: a guide that names others fails.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import boto3
import jmespath
from botocore import xform_name

OF_THE_COMMAND = ("region", "query", "output")


def main(service: str, command: str, *words: str) -> None:
    options = read(words)
    region, query, output = (" ".join(options.pop(name, [])) for name in OF_THE_COMMAND)
    client = boto3.client(service, region_name=region or os.environ["AWS_REGION"])
    model = client.meta.service_model
    operation = {xform_name(name, "-"): name for name in model.operation_names}[command]
    members = {
        xform_name(name, "-"): (name, shape)
        for name, shape in model.operation_model(operation).input_shape.members.items()
    }
    asked = {members[option][0]: value(given, members[option][1]) for option, given in options.items()}
    answer = getattr(client, xform_name(operation))(**asked)
    answer.pop("ResponseMetadata")
    say(jmespath.search(query, answer) if query else answer, output)


def read(words: tuple[str, ...]) -> dict[str, list[str]]:
    """The words behind each option."""
    options: dict[str, list[str]] = {}
    for word in words:
        if word.startswith("--"):
            given = options.setdefault(word.removeprefix("--"), [])
        else:
            given.append(word)
    return options


def value(words: list[str], shape: Any) -> Any:
    """What they mean, where an option is of this type."""
    if words and words[0][:1] in ("{", "["):
        return json.loads(" ".join(words))
    if shape.type_name == "list":
        return [value([word], shape.member) for word in words]
    if shape.type_name in ("map", "structure"):
        return dict(pair.split("=", 1) for word in words for pair in word.split(","))
    return {"integer": int, "boolean": lambda _: True}.get(shape.type_name, str)(" ".join(words))


def say(answer: Any, output: str) -> None:
    if output != "text":
        print(json.dumps(answer, indent=4, default=str))
        return
    rows = answer if isinstance(answer, list) and any(isinstance(row, list) for row in answer) else [answer]
    for row in rows:
        print("\t".join(map(str, row)) if isinstance(row, list) else row)


if __name__ == "__main__":
    main(*sys.argv[1:])
