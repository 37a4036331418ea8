"""`make test-serde`: reads samples, or a folder of other people's records, in two ways, and compares.

Usage: python -m serde PROOF [CORPUS]     PROOF: the catalogue's example of that name
"""

from __future__ import annotations

import sys
from pathlib import Path

from serde import (
    breakage,
    corpus,
    fetch,
    hive,
    json_mutations,
    long_lines,
    mutations,
    parquet,
    quotes,
    samples,
)
from serde.catalog import Catalog, LogType
from serde.readers import Readers, Reading

# Something that went wrong shows in a few lines as well as in thousands.
SHOWN = 20


def main(proof: Path, folder: Path | None = None) -> int:
    if folder and not folder.is_dir():
        sys.exit(f"There is no folder {folder}.")
    try:
        java = fetch.java()
    except fetch.MissingError as missing:
        warn(f"SKIPPED: nothing was compared with Hive. {missing}")
        return 1 if folder else 0
    wrong = check(proof, folder, java)
    for what in wrong[:SHOWN]:
        print(what, file=sys.stderr)
    if len(wrong) > SHOWN:
        print(f"and {len(wrong) - SHOWN} more.", file=sys.stderr)
    return 1 if wrong else 0


def check(proof: Path, folder: Path | None, java: str) -> list[str]:
    jars, openx = [fetch.hive()], []
    try:
        openx = [fetch.openx()]
    except fetch.MissingError as missing:
        warn(f"SKIPPED: JSON is read natively and by the types of its tables, but not by Hive. {missing}")
    with hive.running(java, jars + openx) as running:
        readers = Readers(Catalog(proof), running, bool(openx))
        log_types = readers.catalog.log_types()
        if folder:
            return corpus.check(readers, log_types, folder)
        return [f"{log_type.name}: {what}" for log_type in log_types for what in prove(readers, log_type)]


def prove(readers: Readers, log_type: LogType) -> list[str]:
    sample = samples.read(readers, log_type)
    rejected = len(sample.lines) - len(sample.rows)
    print(f"{log_type.name}: {len(sample.rows)} records; lines rejected, as they should be: {rejected}")
    if log_type.is_list:
        print(
            "  read by the types of its table instead of Hive; Athena's CloudTrailInputFormat cannot be had"
        )
    for key in sorted(sample.unknown):
        print(f"  unknown key {key}")
    wrong = [*samples.problems(sample), *([] if log_type.is_json else breakage.unnoticed(readers, log_type))]
    wrong += prove_parquet(readers, log_type)
    if log_type.is_json:
        return wrong + prove_changed(json_mutations.read(readers, sample))
    wrong += prove_changed(mutations.read(readers, log_type))
    return wrong + (prove_regex(readers, sample) if log_type.is_regex else [])


def prove_changed(changed: Reading) -> list[str]:
    print_counts(changed, "")
    return disagreements(changed)


def prove_parquet(readers: Readers, log_type: LogType) -> list[str]:
    """The columns of every log type, for any may be asked for as Parquet one day."""
    chosen = parquet.chosen(readers.catalog, log_type)
    print(f"  Parquet: {parquet.ROWS} records of {len(chosen.types)} columns")
    return parquet.problems(readers.hive, chosen)


def prove_regex(readers: Readers, sample: Reading) -> list[str]:
    busy = long_lines.read(readers, sample)
    hostile, moved = quotes.read(readers, sample)
    print_counts(busy, f", {long_lines.slowest(busy):.1f} ms for the slowest")
    if hostile.lines:
        print_counts(hostile, f", {len(moved)} move another column")
    readings = [busy, hostile]
    return [what for reading in readings for what in disagreements(reading)] + long_lines.slow(busy) + moved


def print_counts(reading: Reading, note: str) -> None:
    print(f"  {reading.file}: {len(reading.lines)} lines, {len(reading.rows)} of them records{note}")


def disagreements(reading: Reading) -> list[str]:
    texts = {line.number: line.text.decode(errors="replace") for line in reading.lines}
    return [f"{what}, in {texts[number]:.600}" for number, what in reading.disagreements]


def warn(what: str) -> None:
    print(f"\n*** {what} ***\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*map(Path, sys.argv[1:])))
