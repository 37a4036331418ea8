//! What the catalogue derives, written out to be read: `UPDATE_EXPECT=1 cargo test -p logenabler-catalog` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod page;

use expect_test::{ExpectFile, expect_file};
use logenabler_catalog::{
    Event, Intent, LOG_TYPES, LogType, Reject, Row, event_patterns, logs, subjects,
};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

fn golden(name: &str) -> ExpectFile {
    file("tests/golden", name)
}

fn file(folder: &str, name: &str) -> ExpectFile {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    expect_file![root.join(folder).join(name)]
}

/// Calls that turn logs on, as CloudTrail tells of them: together every log type's.
const CALLS: &[&str] = &[
    include_str!("../../samples/events/alb_modify.json"),
    include_str!("../../samples/events/clb_modify.json"),
    include_str!("../../samples/events/distribution_create.json"),
    include_str!("../../samples/events/firewall_update_logging.json"),
    include_str!("../../samples/events/nlb_modify.json"),
    include_str!("../../samples/events/web_acl_put_logging.json"),
    include_str!("../../samples/events/bucket_put_logging.json"),
    include_str!("../../samples/events/trail_update.json"),
    include_str!("../../samples/events/query_log_create.json"),
];

/// What follows if the call told the truth.
fn followed(call: &str) -> Vec<Intent> {
    let event = Event::parse(&serde_json::from_str(call).unwrap()).unwrap();
    let logs = subjects(&event)
        .into_iter()
        .flat_map(|subject| logs(&subject));
    logs.map(|log| log.claimed(&event).unwrap()).collect()
}

#[test]
fn generated_patterns() {
    golden("patterns.json").assert_eq(&(event_patterns(LOG_TYPES).join("\n") + "\n"));
}

#[test]
fn generated_tables_and_pages() {
    let mut seen = BTreeSet::new();
    for intent in CALLS.iter().flat_map(|call| followed(call)) {
        let (name, table) = (intent.log.log_type.name, intent.table().unwrap());
        let json = serde_json::to_string_pretty(&table).unwrap() + "\n";
        golden(&format!("{name}.table.json")).assert_eq(&json);
        let ddl = format!("{};\n\n{};\n", table.ddl(), table.example_query());
        golden(&format!("{name}.sql")).assert_eq(&ddl);
        file("../docs/log-types", &format!("{name}.md")).assert_eq(&page::page(&intent));
        seen.insert(name);
    }
    assert!(
        LOG_TYPES
            .iter()
            .all(|log_type| seen.contains(log_type.name)),
        "add to CALLS one that turns each log type on: only {seen:?} are there"
    );
}

#[test]
fn generated_rows() {
    for log_type in LOG_TYPES {
        let Some(reader) = log_type.format.reader() else {
            continue;
        };
        let rows = reader.rows(log_type.sample.as_bytes());
        let text: String = rows.map(|read| record(log_type, read)).collect();
        golden(&format!("{}.rows.txt", log_type.name)).assert_eq(&text);
    }
}

fn record(log_type: &LogType, read: Result<Row, Reject>) -> String {
    let row = match read {
        Ok(row) => row,
        Err(reject) => return format!("rejected: line {}: {reject}\n\n", reject.line),
    };
    let mut text = String::new();
    for (column, value) in log_type.columns().zip(&row.values) {
        let value = value.map_or("NULL".into(), String::from_utf8_lossy);
        writeln!(text, "{:24} {value}", column.name).unwrap();
    }
    text + &format!("unknown trailing fields: {}\n\n", row.unknown_trailing)
}
