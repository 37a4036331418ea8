"""What an owner chooses of a log's records: their fields, in which order, and how they are written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import ClassVar

from serde.catalog import LogType

Record = dict[str, str]
MARK = "#Fields:"
# Of a line whose words may be in quotes or in brackets.
WORD = re.compile(r'"(.*?)"(?= |$)|\[(.*?)\](?= |$)|(\S+)')


@dataclass(frozen=True)
class Form:
    """Of the records that a delivery brings."""

    encoding: str
    # Those of the sample, where an owner chooses none.
    fields: str = ""
    # Values that the sample lacks, or that tell whose a record is. In `{...}`: what the log knows.
    own: Record = field(default_factory=dict)
    # Whether Parquet has numbers as what they are.
    typed: bool = False

    separator: ClassVar[str] = "\t"
    mark: ClassVar[str] = f"{MARK} "
    with_header: ClassVar[str] = "w3c"

    @property
    def has_texts(self) -> bool:
        """Whether everything is a text, numbers too."""
        return self.encoding == "json" or (self.encoding == "parquet" and not self.typed)

    def names(self, log_type: LogType) -> list[str]:
        return self.fields.split() or sample_fields(log_type)

    def first_line(self, log_type: LogType, as_json: bool = False) -> bytes:
        """It tells a reader what the fields are."""
        names = self.names(log_type)
        if as_json:
            return self.line(dict.fromkeys(names, ""), as_json)
        return (self.mark + " ".join(names)).encode()

    def record(self, log_type: LogType, line: bytes) -> Record | None:
        """The values of a sample's line; None if a client's quotes may have moved them."""
        names, values = self.names(log_type), words(log_type, line.decode(errors="replace"))
        known = dict(zip(sample_fields(log_type) or names, values))
        moved = not log_type.is_delimited and '"' in "".join(values)
        return None if moved else {name: known.get(name, "-") for name in names}

    def line(self, record: Record, as_json: bool) -> bytes:
        text = json.dumps(record, ensure_ascii=False) if as_json else self.separator.join(record.values())
        return text.encode()


# Of all fields that nobody has to choose.
W3C = Form("w3c")


class FlowForm(Form):
    """Of a flow log's records. Its Parquet always has types."""

    separator = " "
    mark = ""
    with_header = "plain-text"

    @property
    def has_texts(self) -> bool:
        return False


def sample_fields(log_type: LogType) -> list[str]:
    """Those that the sample names itself; none, where it has all that a delivery has, in the same order."""
    if not log_type.is_delimited:
        return []
    header = log_type.sample.read_text(encoding="utf-8").partition("\n")[0]
    return header.removeprefix(MARK).split()


def words(log_type: LogType, line: str) -> list[str]:
    if log_type.is_delimited:
        return line.split(log_type.table["serde_parameters"]["field.delim"])
    return ["".join(word) for word in WORD.findall(line)]
