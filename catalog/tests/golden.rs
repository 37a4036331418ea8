//! What the catalogue derives, written out to be read: `UPDATE_EXPECT=1 cargo test -p logenabler-catalog` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use expect_test::{ExpectFile, expect_file};
use logenabler_catalog::{
    Destination, LOG_TYPES, LogType, Partition, Reject, Resource, Row, event_patterns,
};
use std::fmt::Write;
use std::path::Path;

fn golden(name: &str) -> ExpectFile {
    expect_file![
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(name)
    ]
}

fn table(log_type: &LogType) -> logenabler_catalog::Table {
    let resource = Resource {
        arn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081".to_owned(),
        name: "shop".to_owned(),
        account: "123456789012".to_owned(),
        region: "eu-west-1".to_owned(),
        partition: Partition::of_region("eu-west-1"),
    };
    log_type.table(&resource, &Destination::new("example-logs", "web").unwrap())
}

#[test]
fn generated_patterns() {
    golden("patterns.json").assert_eq(&(event_patterns(LOG_TYPES).join("\n") + "\n"));
}

#[test]
fn generated_tables() {
    for log_type in LOG_TYPES {
        let table = table(log_type);
        let json = serde_json::to_string_pretty(&table).unwrap() + "\n";
        golden(&format!("{}.table.json", log_type.name)).assert_eq(&json);
        let ddl = format!("{};\n\n{};\n", table.ddl(), table.example_query());
        golden(&format!("{}.sql", log_type.name)).assert_eq(&ddl);
    }
}

#[test]
fn generated_rows() {
    for log_type in LOG_TYPES {
        let text: String = log_type
            .sample
            .lines()
            .map(|line| record(log_type, log_type.read(line.as_bytes())))
            .collect();
        golden(&format!("{}.rows.txt", log_type.name)).assert_eq(&text);
    }
}

fn record(log_type: &LogType, read: Result<Row, Reject>) -> String {
    let row = match read {
        Ok(row) => row,
        Err(reject) => return format!("rejected: {reject}\n\n"),
    };
    let mut text = String::new();
    for (column, value) in log_type.columns().zip(&row.values) {
        let value = value.map_or("NULL".into(), String::from_utf8_lossy);
        writeln!(text, "{:24} {value}", column.name).unwrap();
    }
    text + &format!("unknown trailing fields: {}\n\n", row.unknown_trailing)
}
