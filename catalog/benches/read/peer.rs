//! The same log type read as most people would: with a plain regex or, JSON, into a tree. The values are typed by the very
//! same code, so that what differs is the reading.

use std::hint::black_box;

use logenabler_catalog::{Column, Field, Format, Kind, LogType, Records, Type, Value};
use regex::bytes::{CaptureLocations, Regex};

pub(crate) enum Peer {
    Regex {
        regex: Regex,
        types: Vec<Type>,
        header_lines: usize,
    },
    Tree {
        columns: Vec<(String, Type)>,
        records: Records,
    },
}

impl Peer {
    pub(crate) fn of(log_type: &LogType) -> Option<Self> {
        let types = log_type.columns().map(|column| column.ty).collect();
        let (regex, header_lines) = match &log_type.format {
            Format::Tokens(tokens) => {
                let mut regex = fields(tokens.fixed);
                for group in tokens.appended {
                    regex += &format!("(?: {}", fields(group));
                }
                (regex + &")?".repeat(tokens.appended.len()) + ".*", 0)
            }
            Format::Delimited(delimited) => {
                let field = format!("([^{}]*)", delimited.separator);
                let fields = vec![field.as_str(); delimited.columns.len()];
                (
                    fields.join(&delimited.separator.to_string()),
                    delimited.header_lines.into(),
                )
            }
            Format::Json {
                columns, records, ..
            } => {
                let pair = |column: &Column| (column.name.to_string(), column.ty);
                let columns = columns.iter().map(pair).collect();
                return Some(Self::Tree {
                    columns,
                    records: *records,
                });
            }
            Format::Parquet { .. } => return None,
        };
        let regex = Regex::new(&format!("^{regex}$")).expect("a regex of our own");
        Some(Self::Regex {
            regex,
            types,
            header_lines,
        })
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Regex { .. } => "regex",
            Self::Tree { .. } => "serde_json",
        }
    }

    /// How many records there are.
    pub(crate) fn read(&self, file: &[u8]) -> usize {
        match self {
            Self::Regex {
                regex,
                types,
                header_lines,
            } => {
                let mut found = regex.capture_locations();
                let lines = file.split(|byte| *byte == b'\n').skip(*header_lines);
                let lines = lines.filter(|line| !line.is_empty());
                lines
                    .filter(|line| read_line(regex, types, &mut found, line))
                    .count()
            }
            Self::Tree {
                columns,
                records: Records::Lines,
            } => {
                let lines = file
                    .split(|byte| *byte == b'\n')
                    .filter(|line| !line.is_empty());
                let trees = lines.filter_map(|line| serde_json::from_slice(line).ok());
                trees.filter(|tree| read_tree(columns, tree)).count()
            }
            Self::Tree {
                columns,
                records: Records::Array,
            } => {
                let tree: serde_json::Value = serde_json::from_slice(file).unwrap_or_default();
                let records = tree.get("Records").and_then(|records| records.as_array());
                let records = records.into_iter().flatten();
                records.filter(|tree| read_tree(columns, tree)).count()
            }
        }
    }
}

fn read_line(regex: &Regex, types: &[Type], found: &mut CaptureLocations, line: &[u8]) -> bool {
    if regex.captures_read(found, line).is_none() {
        return false;
    }
    for (ty, group) in types.iter().zip(1..) {
        let text = found
            .get(group)
            .and_then(|(start, end)| line.get(start..end));
        black_box(text.map_or(Value::Null, |text| ty.value(text)));
    }
    true
}

fn read_tree(columns: &[(String, Type)], tree: &serde_json::Value) -> bool {
    for (name, ty) in columns {
        match (tree.get(name).unwrap_or(&serde_json::Value::Null), ty) {
            (serde_json::Value::String(text), ty) => _ = black_box(ty.value(text.as_bytes())),
            (value, Type::Int | Type::Bigint) => _ = black_box(value.as_i64()),
            (value, _) => _ = black_box(value),
        }
    }
    tree.is_object()
}

fn fields(fields: &[Field]) -> String {
    let fields: Vec<_> = fields.iter().map(field).collect();
    fields.join(" ")
}

/// As in the statements of AWS's documentation.
fn field(field: &Field) -> &'static str {
    match field.kind() {
        Kind::Word | Kind::Unspaced | Kind::Version => "([^ ]*)",
        Kind::Number => "([-0-9]*)",
        Kind::Decimal => "([-.0-9]*)",
        Kind::Bracketed => r"\[(.*?)\]",
        Kind::Endpoint => "([^ ]*):([0-9]*)",
        Kind::RequestLine => r#""([^ ]*) (.*) (- |[^ ]*)""#,
        Kind::ClientText | Kind::Quoted | Kind::Escaped => r#""([^"]*)""#,
        Kind::MaybeClientText | Kind::MaybeQuoted | Kind::Targets | Kind::Unknown => {
            r#""?([^"]*?)"?"#
        }
    }
}
