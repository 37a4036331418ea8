//! What `make test-serde` asks of the catalogue, answered in JSON.
//!
//! * `proof tables`: for each log type its table, also as Parquet, what of it a client writes, and what an owner can choose
//! * `proof told LOG_TYPE`: the same for a file with the first line on stdin, or null where that tells nothing
//! * `proof read LOG_TYPE [FIRST_LINE]`: the lines on stdin as the native reader has them, one answer a line

use std::io::{self, BufWriter, Read, Write};

use logenabler_catalog::{
    Field, Format, Kind, LOG_TYPES, LogType, Reader, Row, TableSchema, Tokens, Value as Typed,
    log_type,
};
use serde_json::{Number, Value, json};

const USAGE: &str =
    "use: proof tables, proof told LOG_TYPE < line, or: proof read LOG_TYPE [FIRST_LINE] < records";

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["tables"] => writeln!(io::stdout(), "{}", tables()),
        ["told", name] => told(named(name)?),
        ["read", name] => read_all(&named(name)?.format),
        ["read", name, line] => {
            let log_type = named(name)?;
            let told = log_type.told_by(line.as_bytes());
            read_all(told.as_ref().unwrap_or(&log_type.format))
        }
        _ => Err(io::Error::other(USAGE)),
    }
}

fn named(name: &str) -> io::Result<&'static LogType> {
    log_type(name).ok_or_else(|| io::Error::other(USAGE))
}

fn told(log_type: &LogType) -> io::Result<()> {
    let mut line = Vec::new();
    io::stdin().read_to_end(&mut line)?;
    let told = log_type.told_by(&line);
    let told = told.map(|format| described(log_type, &format));
    writeln!(io::stdout(), "{}", told.unwrap_or_default())
}

fn tables() -> Value {
    let described = |log_type: &&LogType| {
        let described = described(log_type, &log_type.format);
        (log_type.name.to_owned(), described)
    };
    LOG_TYPES.iter().map(described).collect()
}

fn described(log_type: &LogType, format: &Format) -> Value {
    let table = |format| {
        let templates = log_type.templates_of(format, &TableSchema::default());
        templates.files
    };
    let parquet = Format::Parquet {
        columns: format.columns().cloned().collect(),
    };
    let choice = log_type.dictionary().iter().map(|column| &column.name);
    json!({
        "table": table(format),
        "parquet": table(&parquet),
        "foreign": foreign(format),
        "choice": choice.collect::<Vec<_>>(),
    })
}

/// The columns whose text a client writes.
fn foreign(format: &Format) -> Vec<&'static str> {
    let Format::Tokens(Tokens { fixed, appended }) = format else {
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

fn read_all(format: &Format) -> io::Result<()> {
    let mut records = Vec::new();
    io::stdin().read_to_end(&mut records)?;
    let mut answers = BufWriter::new(io::stdout().lock());
    let reader = format.reader();
    for line in records.split_inclusive(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let answer = reader.as_ref().map(|reader| read(format, reader, line));
        writeln!(answers, "{}", answer.unwrap_or_default())?;
    }
    answers.flush()
}

/// What Hive should have in each column, or why there is nothing.
fn read(format: &Format, reader: &Reader, line: &[u8]) -> Value {
    let mut row = Row::default();
    match reader.read_into(line, &mut row) {
        Ok(()) => {
            let names = format.columns().map(|column| column.name.to_string());
            let values = reader.values_in_hive(&row).map(shown);
            json!({ "row": names.zip(values).collect::<Value>() })
        }
        Err(reject) => json!({ "reject": reject.to_string() }),
    }
}

/// As Java writes it.
fn shown(value: Typed) -> Value {
    let lossy = |text: &[u8]| Value::from(String::from_utf8_lossy(text));
    match value {
        Typed::Boolean(value) => value.into(),
        Typed::Int(value) => value.into(),
        Typed::Bigint(value) | Typed::Time(value) => value.into(),
        Typed::Float(value) => number(value.into()),
        Typed::Double(value) => number(value),
        Typed::Date(days) => date(days.into()).into(),
        Typed::Nested(json) => serde_json::from_slice(json).unwrap_or_else(|_| lossy(json)),
        value => value.text().map_or(Value::Null, |text| lossy(&text)),
    }
}

/// JSON has no number for some.
fn number(value: f64) -> Value {
    let text = if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    };
    Number::from_f64(value).map_or_else(|| text.into(), Value::Number)
}

/// The day of so many days since 1970, found by looking for it.
fn date(days: i64) -> String {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |year| if leap(year) { 366 } else { 365 };
    let (mut year, mut day) = (1970, days);
    while day < 0 {
        year -= 1;
        day += length(year);
    }
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", day + 1)
}
