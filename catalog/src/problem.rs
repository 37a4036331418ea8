//! What a table schema may not say: found before anything is made, each with its place and what would be right.

use std::collections::BTreeSet;

use crate::format::Format;
use crate::log_type::LogType;
use crate::naming::RESOURCE_NAME;
use crate::shown::shown;
use crate::table_schema::{SchemaColumn, TableSchema};
use crate::{hive_type, marks};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub setting: Setting,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    DatabaseName,
    TableName,
    ProjectionStart,
    Parameters,
    /// The parameter of this key.
    Parameter(String),
    Columns,
    /// This member of the column at this place in the list.
    Column(usize, &'static str),
}

/// Glue's limits.
const MAX_COMMENT: usize = 255;
const MAX_TYPE: usize = 131_072;
const MAX_KEY: usize = 255;
const MAX_VALUE: usize = 512_000;
/// Of a column's name; also leaves a table's name room for that of its resource.
const MAX_NAME: usize = 128;
/// Each new one makes the regex of Hive's SerDe deeper.
const MAX_COLUMNS: usize = 100;
/// Parameters that say where a table's files are: that follows from the log's settings.
const RESERVED: [&str; 2] = ["EXTERNAL", "storage.location.template"];

impl TableSchema {
    /// What is wrong with these changes to that log type; nothing if they can be made.
    pub fn problems(&self, log_type: &LogType) -> Vec<Problem> {
        let start = |start: &String| wrong_start(start, log_type);
        let texts = [
            (
                Setting::DatabaseName,
                self.database_name.as_deref().and_then(wrong_database),
            ),
            (
                Setting::TableName,
                self.table_name.as_deref().and_then(wrong_table_name),
            ),
            (
                Setting::ProjectionStart,
                self.projection_start.as_ref().and_then(start),
            ),
            (Setting::Parameters, self.wrong_size()),
            (Setting::Columns, self.too_many_columns()),
        ];
        let parameters = self.parameters.iter().map(|(key, value)| {
            let setting = Setting::Parameter(key.clone());
            (setting, wrong_parameter(key, value))
        });
        let all = texts.into_iter().chain(parameters);
        let said = |(setting, reason)| Option::map(reason, |reason| Problem { setting, reason });
        all.filter_map(said)
            .chain(self.wrong_columns(log_type))
            .collect()
    }

    /// It is kept as one parameter of a table.
    fn wrong_size(&self) -> Option<String> {
        (self.text().len() > MAX_VALUE).then(|| {
            format!("All settings together are more than the {MAX_VALUE} bytes that Glue holds of them. Set fewer or shorter parameters.")
        })
    }

    fn too_many_columns(&self) -> Option<String> {
        let many = self.columns.len();
        (many > MAX_COLUMNS).then(|| format!("These are {many} columns. Name up to {MAX_COLUMNS}: those that change, and new ones."))
    }

    fn wrong_columns(&self, log_type: &LogType) -> Vec<Problem> {
        let mut seen = BTreeSet::new();
        let columns = self.columns.iter().enumerate().take(MAX_COLUMNS);
        let wrong = columns.flat_map(|(index, column)| {
            let twice = !seen.insert(&column.name);
            let reasons = wrong_column(column, log_type, twice);
            reasons.map(|(member, reason)| {
                let setting = Setting::Column(index, member);
                reason.map(|reason| Problem { setting, reason })
            })
        });
        wrong.flatten().collect()
    }
}

fn wrong_database(name: &str) -> Option<String> {
    // Room for the suffix of CloudFront's.
    let right = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(in_name);
    (!right).then(|| {
        format!(
            "{} is not a name for a Glue database: 1 to {MAX_NAME} of a-z, 0-9 and _.",
            shown(name)
        )
    })
}

fn wrong_table_name(template: &str) -> Option<String> {
    let around: Vec<&str> = template.split(RESOURCE_NAME).collect();
    let right =
        around.len() == 2 && template.len() <= MAX_NAME && around.concat().bytes().all(in_name);
    (!right).then(|| {
        format!(
            "{} is not a template for table names: up to {MAX_NAME} of a-z, 0-9 and _, with {RESOURCE_NAME} in it \
             once, so that no two resources share a table. One is \"logs_of_{RESOURCE_NAME}\".",
            shown(template)
        )
    })
}

fn wrong_start(start: &str, log_type: &LogType) -> Option<String> {
    match log_type.projection() {
        None => Some(format!(
            "The files of {} do not lie in dated folders, so there is none to start from. Leave it out.",
            log_type.name
        )),
        Some(projection) => projection.start(start).err(),
    }
}

fn wrong_parameter(key: &str, value: &str) -> Option<String> {
    if key.starts_with(marks::PREFIX) || RESERVED.contains(&key) {
        return Some(format!(
            "{} is set by logenabler itself. Leave it out.",
            shown(key)
        ));
    }
    let lengths = (1..=MAX_KEY).contains(&key.len()) && value.len() <= MAX_VALUE;
    let right = lengths && !key.chars().any(char::is_control);
    (!right).then(|| {
        format!(
            "The parameter {} is more than Glue holds: a key has 1 to {MAX_KEY} bytes on one line, a value up to {MAX_VALUE} bytes.",
            shown(key)
        )
    })
}

type Members = [(&'static str, Option<String>); 3];

fn wrong_column(column: &SchemaColumn, log_type: &LogType, twice: bool) -> Members {
    let again = || {
        format!(
            "The column {} is there twice. Keep one of them.",
            shown(&column.name)
        )
    };
    let name = wrong_column_name(&column.name, log_type);
    [
        ("name", name.or_else(|| twice.then(again))),
        ("type", wrong_type(&column.ty, log_type)),
        ("comment", column.comment.as_deref().and_then(wrong_comment)),
    ]
}

fn wrong_column_name(name: &str, log_type: &LogType) -> Option<String> {
    if log_type
        .partition_keys()
        .chain(log_type.other_keys())
        .any(|key| key.name == name)
    {
        return Some(format!(
            "{name:?} is the partition key of {}: its folders' names, not part of a record.",
            log_type.name
        ));
    }
    let right = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(in_name);
    (!right).then(|| {
        format!(
            "{} is not a name for a column: 1 to {MAX_NAME} of a-z, 0-9 and _; Glue knows no capitals.",
            shown(name)
        )
    })
}

fn wrong_type(ty: &str, log_type: &LogType) -> Option<String> {
    let nested_too = matches!(log_type.format, Format::Json { .. });
    if ty.len() <= MAX_TYPE && (hive_type::is_simple(ty) || nested_too && hive_type::is_type(ty)) {
        return None;
    }
    let ty_shown = shown(ty);
    Some(if hive_type::is_type(ty) {
        format!(
            "Records of {} are plain text, which holds no {ty_shown}. Use a simple type, such as string, bigint or double.",
            log_type.name
        )
    } else {
        format!(
            "{ty_shown} is not a Hive type, such as string, bigint, double, timestamp, decimal(10,2) or array<string>, without spaces."
        )
    })
}

fn wrong_comment(comment: &str) -> Option<String> {
    let right = comment.chars().count() <= MAX_COMMENT && !comment.chars().any(char::is_control);
    (!right).then(|| format!("A comment has up to {MAX_COMMENT} characters on one line."))
}

fn in_name(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')
}
