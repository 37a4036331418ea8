//! What holds for any bytes whatever: a fuzzer looks for some that it does not hold for, and a test tries many of its own.

#![allow(dead_code, reason = "each of those who include this uses some of it")]

use std::sync::OnceLock;

use logenabler_catalog::{
    Answers, Event, Format, LOG_TYPES, LogType, Reader, Row, Value, logs, subjects,
};

/// Longer lines keep a backtracking engine busy for long.
const SHORT: usize = 400;

/// Of these bytes the first chooses a log type, and the others are a record of it.
pub(crate) fn record(bytes: &[u8]) {
    let Some((log_type, record)) = chosen(bytes) else {
        return;
    };
    let Some(reader) = log_type.format.reader() else {
        return;
    };
    let mut row = Row::default();
    let read = reader.read_into(record, &mut row);
    if read.is_ok() {
        check_row(log_type, &reader, record, &row);
    }
    let again = log_type.read(record);
    assert_eq!(
        again,
        Some(read.clone().map(|()| row.clone())),
        "a second reading differs"
    );
    if let Format::Tokens(tokens) = &log_type.format
        && record.len() <= SHORT
        && let Ok(text) = str::from_utf8(record)
        && !text.contains('\n')
    {
        let groups = through_regex(log_type, tokens.regex(0), text);
        let native = read.is_ok().then_some(row.values);
        assert_eq!(native, groups, "the regex differs from the native reader");
    }
}

/// The same, but for a whole file.
pub(crate) fn file(bytes: &[u8]) {
    let Some((log_type, file)) = chosen(bytes) else {
        return;
    };
    let Some(reader) = log_type.format.reader() else {
        return;
    };
    let (mut rows, mut row) = (reader.rows(file), Row::default());
    let (mut count, mut line) = (0, 1);
    while let Some(read) = rows.next_into(&mut row) {
        count += 1;
        assert!(count <= file.len(), "more records than bytes");
        match read {
            Ok(()) => check_row(log_type, &reader, file, &row),
            Err(reject) => {
                assert!(reject.line >= line, "lines go backwards");
                line = reject.line;
            }
        }
    }
    assert!(
        rows.next_into(&mut row).is_none(),
        "something follows the end"
    );
    let lines = file.split(|byte| matches!(byte, b'\n' | b'\r')).count();
    assert!(line <= lines, "a line that is not there");
}

/// An event of an API call, up to the tables that it leads to if it tells the truth.
pub(crate) fn event(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice(bytes) else {
        return;
    };
    let Ok(event) = Event::parse(&value) else {
        return;
    };
    let subjects = subjects(&event);
    let known = subjects
        .iter()
        .filter_map(|subject| logs(subject, &Answers::default()).ok());
    for log in known.flat_map(|logs| logs.known) {
        if let Some(tables) = log.claimed(&event).and_then(|intent| intent.tables()) {
            assert!(!tables.ddl().is_empty());
        }
    }
}

fn chosen(bytes: &[u8]) -> Option<(&'static LogType, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let log_type = LOG_TYPES.get(usize::from(*first) % LOG_TYPES.len())?;
    Some((log_type, rest))
}

fn check_row(log_type: &LogType, reader: &Reader, bytes: &[u8], row: &Row) {
    let width = log_type.columns().count();
    assert_eq!(row.values.len(), width, "a value for each column");
    assert_eq!(reader.values(row).count(), width);
    let within = bytes.as_ptr_range();
    for slice in row.values.iter().flatten() {
        let slice = slice.as_ptr_range();
        let inside = within.start <= slice.start && slice.end <= within.end;
        assert!(inside, "a slice of something else");
    }
    for (slice, value) in row.values.iter().zip(reader.values(row)) {
        assert!(
            slice.is_some() || value == Value::Null,
            "a value of nothing"
        );
        drop(value.text());
    }
}

fn through_regex<'a>(
    log_type: &LogType,
    regex: String,
    line: &'a str,
) -> Option<Vec<Option<&'a [u8]>>> {
    static REGEXES: OnceLock<Vec<(String, fancy_regex::Regex)>> = OnceLock::new();
    let compiled = REGEXES.get_or_init(compiled);
    let (_, compiled) = compiled.iter().find(|(known, _)| *known == regex)?;
    // An engine that gives up says nothing.
    let groups = compiled.captures(line).ok()??;
    let pairs = groups.iter().skip(1).zip(log_type.columns());
    let text = |group: fancy_regex::Match<'a>| group.as_str().as_bytes();
    Some(
        pairs
            .map(|(group, column)| group.map(text).filter(|text| column.ty.holds(text)))
            .collect(),
    )
}

fn compiled() -> Vec<(String, fancy_regex::Regex)> {
    let regexes = LOG_TYPES
        .iter()
        .filter_map(|log_type| match &log_type.format {
            Format::Tokens(tokens) => Some(tokens.regex(0)),
            _ => None,
        });
    let compiled = |regex: String| {
        let whole = fancy_regex::Regex::new(&format!(r"\A(?:{regex})\z")).ok()?;
        Some((regex, whole))
    };
    regexes.filter_map(compiled).collect()
}
