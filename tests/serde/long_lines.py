"""Lines of 64 KB that keep a regex busy: Java is done with each at once, and both readers say the same."""

from __future__ import annotations

from collections.abc import Iterator

from serde.readers import Readers, Reading
from serde.records import of_lines

LENGTH = 64 * 1024
# Java is warm after them. The quickest round shows the regex, the others show the machine.
ROUNDS = 3
LIMIT = 50
RUNS = ['"', "\\", " ", "a", "-", "1", ":", '\\"', '" "', '" - ', "- ", "a ", '"" ', ' HTTP/1.1"']
RUNS += ["/a?b=%20&", "1:1 ", "1.1.1.1:1 "]


def read(readers: Readers, sample: Reading) -> Reading:
    lines = [*(run(unit, LENGTH) for unit in RUNS), *with_runs(sample)]
    return readers.read(sample.log_type, of_lines("64 KB", [line.encode() for line in lines]), ROUNDS)


def with_runs(sample: Reading) -> Iterator[str]:
    """The longest sample with a run of each kind at the beginning of each field."""
    text = max((line.text.decode() for line in sample.rows), key=len)
    spaces = [at for at, character in enumerate(text) if character == " "]
    for at in [0, *(space + 1 for space in spaces), len(text)]:
        at += text[at : at + 1] == '"'
        for unit in RUNS:
            yield text[:at] + run(unit, LENGTH - len(text)) + text[at:]


def run(unit: str, length: int) -> str:
    return (unit * length)[:length]


def slowest(reading: Reading) -> float:
    return max(line.hive.get("milliseconds", 0.0) for line in reading.lines)


def slow(reading: Reading) -> list[str]:
    took = [(line.hive.get("milliseconds", 0.0), line.text[:200]) for line in reading.lines]
    return [f"{milliseconds:.0f} ms for {text!r}..." for milliseconds, text in took if milliseconds > LIMIT]
