//! What `make test-serde` asks of the catalogue, answered in JSON.
//!
//! * `proof tables`: for each log type its table, and what of it a client writes
//! * `proof read LOG_TYPE`: the lines on stdin as the native reader has them, one answer a line

use std::io::{self, BufWriter, Read, Write};

use logenabler_catalog::{Field, Format, Kind, LOG_TYPES, LogType, TableSchema, Tokens, log_type};
use serde_json::{Value, json};

const USAGE: &str = "use: proof tables, or: proof read LOG_TYPE < records";

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["tables"] => writeln!(io::stdout(), "{}", tables()),
        ["read", name] => read_all(log_type(name).ok_or_else(|| io::Error::other(USAGE))?),
        _ => Err(io::Error::other(USAGE)),
    }
}

fn tables() -> Value {
    let described = |log_type: &&LogType| (log_type.name.to_owned(), described(log_type));
    LOG_TYPES.iter().map(described).collect()
}

fn described(log_type: &LogType) -> Value {
    json!({
        "table": log_type.templates(&TableSchema::default()).files,
        "foreign": foreign(log_type),
    })
}

/// The columns whose text a client writes.
fn foreign(log_type: &LogType) -> Vec<&'static str> {
    let Format::Tokens(Tokens { fixed, appended }) = log_type.format else {
        return Vec::new();
    };
    let fields = fixed.iter().chain(appended.iter().copied().flatten());
    let text = |field: &'static Field| match field.kind() {
        Kind::ClientText => field.columns().first(),
        Kind::RequestLine => field.columns().get(1),
        _ => None,
    };
    fields
        .filter_map(text)
        .map(|column| column.name.as_ref())
        .collect()
}

fn read_all(log_type: &LogType) -> io::Result<()> {
    let mut records = Vec::new();
    io::stdin().read_to_end(&mut records)?;
    let mut answers = BufWriter::new(io::stdout().lock());
    for line in records.split_inclusive(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        writeln!(answers, "{}", read(log_type, line).unwrap_or_default())?;
    }
    answers.flush()
}

/// A text or NULL for each column, or why there are none; nothing where lines of this format are for Hive alone.
fn read(log_type: &LogType, line: &[u8]) -> Option<Value> {
    Some(match log_type.read(line)? {
        Ok(row) => {
            let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
            let texts = row.values.into_iter().map(|value| value.map(text));
            let names = log_type.columns().map(|column| column.name.to_string());
            json!({ "row": names.zip(texts.map(Value::from)).collect::<Value>() })
        }
        Err(reject) => json!({ "reject": reject.to_string() }),
    })
}
