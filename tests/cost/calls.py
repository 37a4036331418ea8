"""The calls that the function makes.

They are counted: tests/end_to_end/test_cost.py compares those of events, tests/test_sweep_cost.py of sweeps.
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
    "Application Load Balancer, three logs": Events(Calls(4, 4, 4), Calls(4, 4, 1), Calls(1, 3, 0)),
    "the same, among many": Events(Calls(4, 8, 2), Calls(4, 8, 1), Calls(1, 5, 0)),
    "Network Load Balancer": Events(Calls(4, 2, 4), Calls(4, 2, 1), Calls(1, 1, 0)),
    "Classic Load Balancer": Events(Calls(4, 2, 4), Calls(4, 2, 1), Calls(1, 1, 0)),
    "S3 bucket": Events(Calls(4, 2, 4), Calls(4, 2, 1), Calls(1, 1, 0)),
    "web ACL": Events(Calls(4, 2, 3), Calls(4, 2, 1), Calls(1, 1, 0)),
    "firewall, three logs": Events(Calls(4, 4, 3), Calls(4, 4, 1), Calls(1, 3, 0)),
    "trail, updated and started: two events": Events(Calls(8, 3, 3), Calls(8, 3, 1), Calls(4, 2, 0)),
    "CloudFront distribution, two kinds of log": Events(Calls(4, 3, 4), Calls(4, 3, 2), Calls(1, 2, 0)),
}
# Of an event about a call that failed, or about no log.
IGNORED = Calls(0, 0, 0)
# Of the schema database, once a minute while there are events.
SCHEMAS = Calls(0, 1, 0)

# What a month is computed from: every event is of this kind, and finds table schemas that are a minute old.
AMONG_MANY = EVENTS["the same, among many"]
OF_EVENT = AMONG_MANY.moved + SCHEMAS
SWEEPS_A_DAY = 1
# A sweep asks for the settings of each resource, and reads the tables of those of its logs that have any: a
# list that does not come to them, as there are many, then table and view by name.
OF_OTHERS = Calls(1, 0, 0)
OF_LOG = Calls(0, 3, 0)
OF_LOOK = OF_OTHERS + OF_LOG * 3
# It looks at what tables were made of, then at all that is listed: twice at what is both, unless in one run.
LOOKS = 2
# Of each run in a source region: which rules there are and what they hear, and the next run; the table
# schemas and a page of each database. A database has another page for each 100 tables.
OF_SWEEP_RUN = Calls(4, 20, 0)
# Of each source region: its first run is started, its trail looked for, and every list read, page by page.
OF_SWEPT_REGION = Calls(20, 0, 0)
# Of each account: its run is started, and asks every region of the partition for rules.
OF_SWEPT_ACCOUNT = Calls(40, 0, 0)
# At most, of an event and of a run of a sweep: the function's own lines, its metrics, and those that Lambda
# writes around them. A sweep has a line for each log type, and none for a resource that is as it was.
LOG_BYTES = 4_000
SWEEP_LOG_BYTES = 6_000
# Those of lambda/src/ledger.rs, with one more for each reason to skip: tests/test_cost_page.py counts them.
METRICS = 20
