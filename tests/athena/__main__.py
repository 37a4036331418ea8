"""`make test-athena`: the tables that the function makes, asked through Trino.

Usage: python -m athena PROOF [LOG_TYPE...]     PROOF: the catalogue's example of that name
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import serde.fetch
from athena import breakage, fetch, queries, saved, server
from athena.account import Account
from athena.cases import CASES
from athena.checks import Judge, Problem, select
from athena.logs import FIRST, Log
from athena.resources import REGION
from local import running
from serde import hive
from serde.catalog import Catalog


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
        with (
            server.running(java, jars, local_aws.url, REGION) as starting,
            hive.running(java, [serde.fetch.hive()]) as writer,
        ):
            account = Account(local_aws, catalog, writer)
            logs = account.turned_on(cases)
            judge = Judge(starting.ready(select(logs[0], FIRST)), local_aws, catalog)
            wrong = [
                *unproved(catalog),
                *judged(judge, logs),
                *asked(judge, account, logs),
                *asked_as_saved(judge, account, logs),
                *unnoticed(judge, logs),
            ]
    for what in wrong:
        print(what, file=sys.stderr)
    return 1 if wrong else 0


def unproved(catalog: Catalog) -> Iterator[str]:
    cases = {case.split()[0] for case in CASES}
    for log_type in catalog.log_types():
        if log_type.name not in cases:
            yield f"{log_type.name} has no case in tests/athena/cases.py"


def judged(judge: Judge, logs: list[Log]) -> Iterator[Problem]:
    for log in logs:
        problems = judge.problems(log)
        report(f"{log.name}: {log.table}", problems)
        yield from problems


def asked(judge: Judge, account: Account, logs: list[Log]) -> Iterator[Problem]:
    """The queries of the docs. They want records of today, which nobody else expects."""
    # A page has the name of its log type, and so has the first case of that type.
    first = {log.database: log for log in reversed(logs) if log.name == log.log_type.name}
    for query in queries.of_the_docs():
        if log := first.get(query.database):
            account.put(log, *queries.days())
            problems = list(queries.problems(judge, query, log))
            report(f"the query of docs/{query.page}", problems)
            yield from problems


def asked_as_saved(judge: Judge, account: Account, logs: list[Log]) -> Iterator[Problem]:
    """The queries that were saved with the tables."""
    by_table = saved.by_table(account.local_aws)
    for log in logs:
        account.put(log, *queries.days())
        own = by_table.get(log.table, {})
        problems = list(saved.problems(judge, log, own))
        report(f"{log.name}: the {len(own)} queries saved for {log.table}", problems)
        yield from problems


def unnoticed(judge: Judge, logs: list[Log]) -> Iterator[str]:
    """Of one view and one table of each kind, each of a log that has a neighbour."""
    pairs = [(log, other) for log, other in pairwise(logs) if log.name == other.name and breakage.of(log)]
    chosen = {breakage.kind(log): (log, neighbour) for log, neighbour in reversed(pairs)}
    for log, neighbour in chosen.values():
        problems = list(breakage.unnoticed(judge, log, neighbour))
        report(f"{log.name}: what is broken on purpose is noticed, {len(breakage.of(log))} times", problems)
        yield from problems


def report(what: str, problems: Sequence[object]) -> None:
    print(f"{'FAILED' if problems else 'ok':8}{what}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
