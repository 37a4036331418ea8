"""`make test-athena`: the tables that the function makes, asked through Trino.

Usage: python -m athena PROOF [LOG_TYPE...]     PROOF: the catalogue's example of that name
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import serde.fetch
from athena import breakage, fetch, lists, queries, server
from athena.cases import CASES
from athena.checks import Judge, Problem
from athena.logs import BUCKET, FIRST, SECOND, Log, Records
from athena.resources import REGION, Resources
from local import LocalAws, running
from serde.catalog import Catalog
from terraform import Terraform


def main(proof: Path, names: list[str]) -> int:
    cases = [case for case in CASES if not names or case.split()[0] in names]
    if not cases:
        sys.exit(f"There is no log type {' or '.join(names)} here; there are {', '.join(CASES)}.")
    try:
        java, jars = serde.fetch.java(), fetch.trino()
    except serde.fetch.MissingError as missing:
        print(f"\n*** SKIPPED: no table was asked through Trino. {missing} ***\n", file=sys.stderr)
        return 0
    with running() as local_aws:
        catalog = Catalog(proof)
        print(f"Starting Trino {fetch.VERSION}, and turning logs on ...", flush=True)
        with server.running(java, jars, local_aws.url, REGION) as starting:
            logs = turned_on(local_aws, catalog, cases)
            judge = Judge(starting.ready(), local_aws, catalog)
            wrong = [*unproved(catalog), *judged(judge, logs), *asked(judge, logs), *unnoticed(judge, logs)]
    for what in wrong:
        print(what, file=sys.stderr)
    return 1 if wrong else 0


def unproved(catalog: Catalog) -> Iterator[str]:
    cases = {case.split()[0] for case in CASES}
    for log_type in catalog.log_types():
        if log_type.name not in cases:
            yield f"{log_type.name} has no case in tests/athena/cases.py"


def turned_on(local_aws: LocalAws, catalog: Catalog, names: list[str]) -> list[Log]:
    """The logs of all cases, with their tables and files."""
    apply(local_aws)
    local_aws.client("s3", REGION).create_bucket(Bucket=BUCKET)
    resources = Resources(local_aws.client)
    types = {log_type.name: log_type for log_type in catalog.log_types()}
    cases = [(name, CASES[name], resource) for name in names for resource in CASES[name].names]
    logs = [
        Log(name, case, types[name.split()[0]], resources.get(case.resource, one))
        for name, case, one in cases
    ]
    for log in logs:
        log.turn_on()
    local_aws.idle()
    empty(local_aws)
    for log in logs:
        put(local_aws, log, catalog, FIRST, SECOND)
        if log.log_type.is_list:
            lists.make_twin(local_aws, log)
    return logs


def empty(local_aws: LocalAws) -> None:
    """The stand-in writes a log of its own for buckets, in another form than AWS."""
    s3 = local_aws.client("s3", REGION)
    for file in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        s3.delete_object(Bucket=BUCKET, Key=file["Key"])


def apply(local_aws: LocalAws) -> None:
    with tempfile.TemporaryDirectory() as folder:
        terraform = Terraform(Path(folder), local_aws.url)
        terraform.copy("complete")
        terraform.init()
        terraform.apply()


def put(local_aws: LocalAws, log: Log, catalog: Catalog, *days: datetime) -> None:
    """Writes the files of a log."""
    s3, records = local_aws.client("s3", REGION), Records(log, catalog)
    files = {log.key(at): records.body(at) for at in days}
    files |= dict.fromkeys(log.keys_of_no_record(), b"no record")
    for key, body in files.items():
        s3.put_object(Bucket=BUCKET, Key=key, Body=body)


def judged(judge: Judge, logs: list[Log]) -> Iterator[Problem]:
    for log in logs:
        problems = judge.problems(log)
        report(f"{log.name}: {log.table}", problems)
        yield from problems


def asked(judge: Judge, logs: list[Log]) -> Iterator[Problem]:
    """The queries of the docs. They want records of today, which nobody else expects."""
    # A page has the name of its log type, and so has the first case of that type.
    first = {log.database: log for log in reversed(logs) if log.name == log.log_type.name}
    for query in queries.of_the_docs():
        if log := first.get(query.database):
            put(judge.local_aws, log, judge.catalog, *queries.days())
            problems = list(queries.problems(judge, query, log))
            report(f"the query of docs/{query.page}", problems)
            yield from problems


def unnoticed(judge: Judge, logs: list[Log]) -> Iterator[str]:
    """Of one table and of one view, each of a log that has a neighbour."""
    pairs = [(log, other) for log, other in pairwise(logs) if log.name == other.name and breakage.of(log)]
    for log, neighbour in {bool(log.view): (log, neighbour) for log, neighbour in reversed(pairs)}.values():
        problems = list(breakage.unnoticed(judge, log, neighbour))
        report(f"{log.name}: what is broken on purpose is noticed, {len(breakage.of(log))} times", problems)
        yield from problems


def report(what: str, problems: Sequence[object]) -> None:
    print(f"{'FAILED' if problems else 'ok':8}{what}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
