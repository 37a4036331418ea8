//! What the catalogue derives, written out to be read: `UPDATE_EXPECT=1 cargo test -p logenabler-catalog` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod page;

use expect_test::{ExpectFile, expect_file};
use logenabler_catalog::{
    Answers, Event, Intent, LOG_TYPES, LogType, LookUp, Reject, Row, SavedQuery, Tables,
    event_patterns, logs, subjects,
};
use serde_json::Value;
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
    include_str!("../../samples/events/flow_logs_create.json"),
];

/// Beside a call that tells too little: what has to be looked up, by the operation.
const DELIVERED: (&str, &str) = (
    include_str!("../../samples/events/delivery_create.json"),
    include_str!("../../samples/events/delivery_answers.json"),
);

/// What follows if the call told the truth.
fn claimed(call: &str) -> Vec<Intent> {
    let event = Event::parse(&serde_json::from_str(call).unwrap()).unwrap();
    let logs = subjects(&event)
        .into_iter()
        .flat_map(|subject| logs(&subject, &Answers::default()).unwrap().known);
    logs.filter_map(|log| log.claimed(&event)).collect()
}

/// What follows if this is what is looked up.
fn looked_up((call, said): (&str, &str)) -> Vec<Intent> {
    let event = Event::parse(&serde_json::from_str(call).unwrap()).unwrap();
    let said: Value = serde_json::from_str(said).unwrap();
    let mut answers = Answers::default();
    let mut ask = |look_up: LookUp| {
        let answer = said.get(look_up.operation).cloned();
        answers.insert(look_up, answer);
        answers.clone()
    };
    let subject = subjects(&event).remove(0);
    let known = answers_to(|answers| logs(&subject, answers), &mut ask).known;
    let intents = known.iter();
    let intents = intents.map(|log| answers_to(|answers| log.intent(answers), &mut ask));
    intents.collect()
}

/// What comes out in the end, however much has to be asked.
fn answers_to<T>(
    question: impl Fn(&Answers) -> Result<T, LookUp>,
    ask: &mut impl FnMut(LookUp) -> Answers,
) -> T {
    let mut answers = Answers::default();
    loop {
        match question(&answers) {
            Ok(answer) => return answer,
            Err(look_up) => answers = ask(look_up),
        }
    }
}

#[test]
fn generated_patterns() {
    golden("patterns.json").assert_eq(&(event_patterns(LOG_TYPES).join("\n") + "\n"));
}

#[test]
fn generated_tables_and_pages() {
    let mut seen = BTreeSet::new();
    let claimed = CALLS.iter().flat_map(|call| claimed(call));
    for intent in claimed.chain(looked_up(DELIVERED)) {
        let (name, tables) = (intent.log.log_type.name, intent.tables().unwrap());
        let json = serde_json::to_string_pretty(&tables).unwrap() + "\n";
        golden(&format!("{name}.table.json")).assert_eq(&json);
        let ddl = format!(
            "{};\n\n{};\n{}",
            tables.ddl(),
            tables.example_query(),
            saved(&tables)
        );
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

fn saved(tables: &Tables) -> String {
    let query = |query: SavedQuery| {
        let SavedQuery {
            name,
            description,
            text,
            ..
        } = query;
        format!("\n-- {name}\n-- {description}\n{text};\n")
    };
    tables.saved_queries().into_iter().map(query).collect()
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
