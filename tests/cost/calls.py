"""The calls that the function makes.

Those of events are counted: tests/end_to_end/test_cost.py compares each figure.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Calls:
    """Calls to AWS, by what they cost: look-ups are free, Glue's are not."""

    look_ups: int
    reads: int
    writes: int

    def __add__(self, other: Calls) -> Calls:
        return Calls(self.look_ups + other.look_ups, self.reads + other.reads, self.writes + other.writes)

    def __mul__(self, times: int) -> Calls:
        return Calls(self.look_ups * times, self.reads * times, self.writes * times)

    @property
    def of_glue(self) -> int:
        return self.reads + self.writes

    @property
    def all(self) -> int:
        return self.look_ups + self.of_glue


@dataclass(frozen=True)
class Events:
    """What one event costs: the first table in a database made, an existing one moved, nothing to do."""

    made: Calls
    moved: Calls
    unchanged: Calls


# By what writes the logs. Among many: its database has more tables than Glue looks through at once.
EVENTS = {
    "Application Load Balancer, three logs": Events(Calls(2, 4, 4), Calls(2, 4, 1), Calls(1, 3, 0)),
    "the same, among many": Events(Calls(2, 8, 2), Calls(2, 8, 1), Calls(1, 5, 0)),
    "Network Load Balancer": Events(Calls(2, 2, 4), Calls(2, 2, 1), Calls(1, 1, 0)),
    "Classic Load Balancer": Events(Calls(2, 2, 4), Calls(2, 2, 1), Calls(1, 1, 0)),
    "S3 bucket": Events(Calls(2, 2, 4), Calls(2, 2, 1), Calls(1, 1, 0)),
    "web ACL": Events(Calls(2, 2, 3), Calls(2, 2, 1), Calls(1, 1, 0)),
    "firewall, three logs": Events(Calls(2, 4, 3), Calls(2, 4, 1), Calls(1, 3, 0)),
    "trail, updated and started: two events": Events(Calls(6, 3, 3), Calls(6, 3, 1), Calls(4, 2, 0)),
    "CloudFront distribution, two kinds of log": Events(Calls(2, 3, 4), Calls(2, 3, 2), Calls(1, 2, 0)),
}
# Of an event about a call that failed, or about no log.
IGNORED = Calls(0, 0, 0)
# Of the schema database, once a minute while there are events.
SCHEMAS = Calls(0, 1, 0)

# What a month is computed from: every event is of this kind, and finds table schemas that are a minute old.
AMONG_MANY = EVENTS["the same, among many"]
OF_EVENT = AMONG_MANY.moved + SCHEMAS
# The sweep looks at each resource as an event does that changes nothing, and asks each source region which
# there are, in no more calls than these.
SWEEPS_A_DAY = 1
OF_SWEPT_RESOURCE = AMONG_MANY.unchanged
OF_SWEPT_REGION = Calls(30, 0, 0)
RESOURCES_IN_A_RUN = 100
# At most, of one event: the function's own lines, its metrics, and those that Lambda writes around them.
LOG_BYTES = 4_000
METRICS = 20
