"""A configuration with resources of the AWS provider, as one that Terraform can evaluate without it.

Each of these resources becomes data with the same arguments; what only AWS would know is told by the caller.
"""

from __future__ import annotations

import re

RESOURCE = re.compile(r'(?ms)^resource "aws_(\w+)" "(\w+)" \{\n(.+?)^\}')
OF_PROVIDER = re.compile(r'(?ms)^(?:provider|data) "aws\w*"(?: "\w+")? \{.*?\}$|^    aws = \{.+?^    \}$')


def as_data(text: str, known: dict[str, str]) -> str:
    """The configuration, with an output `<type>_<name>` of the arguments of each of its AWS resources."""
    outputs = [
        f'output "{kind}_{name}" {{\n  value = terraform_data.{kind}_{name}.input\n}}\n'
        for kind, name, _ in RESOURCE.findall(text)
    ]
    text = RESOURCE.sub(_data, OF_PROVIDER.sub("", text))
    for reference, value in known.items():
        text = re.sub(rf"\b{re.escape(reference)}\b", f'"{value}"', text)
    text = re.sub(r"\baws_(\w+)\.(\w+)(\.\w+)", r"terraform_data.\1_\2.input\3", text)
    return re.sub(r"\baws_(\w+)\.(\w+)\b", r"terraform_data.\1_\2", text) + "".join(outputs)


def _data(found: re.Match[str]) -> str:
    kind, name, body = found.groups()
    order = re.search(r"(?ms)^  depends_on = \[.+?\]$", body)
    arguments = body.replace(order[0], "") if order else body
    arguments = re.sub(r"(?m)^( +\w+) \{$", r"\1 = {", arguments)
    needs = order[0] if order else ""
    return f'resource "terraform_data" "{kind}_{name}" {{\n  input = {{\n{arguments}  }}\n{needs}\n}}'
