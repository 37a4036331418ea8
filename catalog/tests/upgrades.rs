//! What a new version of the catalogue may do to tables that are in use: add columns at the end, and widen types. Every query that
//! worked goes on working, and gives the same for the same records.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use logenabler_catalog::{Format, LOG_TYPES, LogType, TableSchema, Tokens};

/// A version, and its columns as `name type`.
type Version = (String, Vec<String>);

fn file(log_type: &LogType) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released");
    folder.join(format!("{}.txt", log_type.name))
}

fn now(log_type: &LogType) -> Version {
    let tables = log_type.templates(&TableSchema::default());
    let columns = tables.files.columns.iter();
    let columns = columns.map(|column| format!("{} {}", column.name, column.ty));
    (log_type.schema_version.to_owned(), columns.collect())
}

fn parse(text: &str) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("# version ") {
            Some(version) => versions.push((version.to_owned(), Vec::new())),
            None => versions.last_mut().unwrap().1.push(line.to_owned()),
        }
    }
    versions
}

/// The columns of each version that there was, kept for ever; those of a new one are added by `make generate`.
#[test]
fn generated_columns_of_every_version_are_on_record() {
    for log_type in LOG_TYPES {
        let text = std::fs::read_to_string(file(log_type)).unwrap_or_default();
        let (version, columns) = now(log_type);
        let known = parse(&text)
            .into_iter()
            .find(|(known, _)| *known == version);
        let advice = "columns changed: raise the schema_version, then make generate";
        if let Some((_, known)) = known {
            assert_eq!(columns, known, "{}: {advice}", log_type.name);
            continue;
        }
        let added = format!("# version {version}\n{}\n", columns.join("\n"));
        expect_file![file(log_type)].assert_eq(&(text + &added));
    }
}

#[test]
fn columns_are_only_added_at_the_end_or_widened() {
    for log_type in LOG_TYPES {
        let versions = parse(&std::fs::read_to_string(file(log_type)).unwrap());
        for (old, new) in versions.iter().zip(versions.iter().skip(1)) {
            assert!(
                extends(&old.1, &new.1),
                "{}: {new:?} after {old:?}",
                log_type.name
            );
        }
        assert_eq!(versions.last(), Some(&now(log_type)), "{}", log_type.name);
    }
}

fn extends(old: &[String], new: &[String]) -> bool {
    let pairs = old.iter().zip(new);
    old.len() <= new.len() && pairs.into_iter().all(|(old, new)| is_wider(old, new))
}

fn is_wider(old: &str, new: &str) -> bool {
    let (Some((old_name, old)), Some((new_name, new))) = (old.split_once(' '), new.split_once(' '))
    else {
        return false;
    };
    let members = old.strip_suffix('>').unwrap_or_default();
    let more_members = old.starts_with("struct<") && new.starts_with(&format!("{members},"));
    let wider = matches!((old, new), ("int", "bigint") | ("float", "double"));
    old_name == new_name && (old == new || wider || more_members)
}

#[test]
fn what_would_break_a_query_is_noticed() {
    let columns = |text: &str| text.split(", ").map(str::to_owned).collect::<Vec<_>>();
    let check = |old: &str, new: &str, expected| {
        assert_eq!(
            extends(&columns(old), &columns(new)),
            expected,
            "{old} -> {new}"
        );
    };
    check("a int, b string", "a int, b string, c string", true);
    check("a int, b string", "a bigint, b string", true);
    check("s struct<x:int>", "s struct<x:int,y:int>", true);
    check("a int, b string", "a int, c string, b string", false);
    check("a int, b string", "a int", false);
    check("a bigint", "a int", false);
    check("a string", "a int", false);
    check("a int", "z int", false);
    check("s struct<x:int>", "s struct<y:int,x:int>", false);
}

/// The version before each group of fields that AWS has appended so far, as if we had followed one group at a time.
#[test]
fn an_earlier_version_reads_the_same_records_alike() {
    let mut compared = 0;
    for log_type in LOG_TYPES {
        let Format::Tokens(Tokens { fixed, appended }) = log_type.format else {
            continue;
        };
        for known in 0..appended.len() {
            let appended = &appended[..known];
            let earlier = Format::Tokens(Tokens { fixed, appended });
            for line in log_type.sample.lines().map(str::as_bytes) {
                let Some(Ok(new)) = log_type.read(line) else {
                    continue;
                };
                // Where a client's text has quotes, only what follows it tells its end: a later version knows more of that.
                let mut texts = new.values.iter().flatten();
                if texts.any(|text| text.contains(&b'"')) {
                    continue;
                }
                // What it could not read was no row before.
                let Some(Ok(old)) = earlier.read(line) else {
                    continue;
                };
                let same = &new.values[..old.values.len()];
                assert_eq!(old.values, same, "{}", log_type.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
}
