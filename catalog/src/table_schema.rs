//! A table schema: a user's changes to the tables of a log type, and what they may be.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::format::Format;
use crate::log_type::LogType;
use crate::naming::{self, RESOURCE_NAME};
use crate::{hive_type, marks};

/// What is not said stays as the log type says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableSchema {
    /// The Glue database. Where tables of CloudFront's resources need one of their own, it is this with `_global`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_name: Option<String>,
    /// The name of each table, with `{resource_name}` in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_name: Option<String>,
    /// The first time whose folders are looked into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projection_start: Option<String>,
    /// Parameters of the table, over the log type's own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Columns with another type or comment than the log type's, and columns that it lacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<SchemaColumn>,
}

/// A column of that name gets this type; one that is new is the next field of the record or, in JSON, the key of its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaColumn {
    pub name: String,
    /// A Hive type.
    #[serde(rename = "type")]
    pub ty: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What cannot be, where it is said, and what would be right.
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
    /// The parameter of this key.
    Parameter(String),
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
/// Parameters that say where a table's files are: that follows from the log's settings.
const RESERVED: [&str; 2] = ["EXTERNAL", "storage.location.template"];

impl TableSchema {
    /// What is wrong with these changes to that log type; nothing if they can be made.
    pub fn problems(&self, log_type: &LogType) -> Vec<Problem> {
        let database = self.database_name.as_deref().and_then(wrong_database);
        let table = self.table_name.as_deref().and_then(wrong_table_name);
        let start = self
            .projection_start
            .as_deref()
            .and_then(|start| wrong_start(start, log_type));
        let names = [
            (Setting::DatabaseName, database),
            (Setting::TableName, table),
            (Setting::ProjectionStart, start),
        ];
        let named = names
            .into_iter()
            .filter_map(|(setting, reason)| Some(problem(setting, reason?)));
        let parameters = self.parameters.iter().filter_map(|(key, value)| {
            let reason = wrong_parameter(key, value)?;
            Some(problem(Setting::Parameter(key.clone()), reason))
        });
        named
            .chain(parameters)
            .chain(self.wrong_columns(log_type))
            .collect()
    }

    /// What a later version needs to know, to take away what this one set.
    pub(crate) fn parameters_mark(&self) -> Option<(String, String)> {
        let keys: Vec<_> = self.parameters.keys().collect();
        let list = serde_json::to_string(&keys).ok()?;
        (!keys.is_empty()).then(|| (marks::PARAMETERS.to_owned(), list))
    }

    fn wrong_columns(&self, log_type: &LogType) -> Vec<Problem> {
        let mut seen = BTreeSet::new();
        let mut problems = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let mut note = |member, reason: Option<String>| {
                problems
                    .extend(reason.map(|reason| problem(Setting::Column(index, member), reason)));
            };
            let name = wrong_column_name(&column.name, log_type);
            let twice = || {
                let again = !seen.insert(&column.name);
                again.then(|| {
                    format!(
                        "The column {} is there twice. Keep one of them.",
                        column.name
                    )
                })
            };
            note("name", name.or_else(twice));
            note("type", wrong_type(&column.ty, log_type));
            note("comment", column.comment.as_deref().and_then(wrong_comment));
        }
        problems
    }
}

fn problem(setting: Setting, reason: String) -> Problem {
    Problem { setting, reason }
}

fn wrong_database(name: &str) -> Option<String> {
    // Room for the suffix of CloudFront's.
    let right = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(in_name);
    (!right).then(|| {
        format!(
            "{name:.100?} is not a name for a Glue database: 1 to {MAX_NAME} of a-z, 0-9 and _."
        )
    })
}

fn wrong_table_name(template: &str) -> Option<String> {
    let around: Vec<&str> = template.split(RESOURCE_NAME).collect();
    let right =
        around.len() == 2 && template.len() <= MAX_NAME && around.concat().bytes().all(in_name);
    (!right).then(|| {
        format!(
            "{template:.100?} is not a template for table names: up to {MAX_NAME} of a-z, 0-9 and _, with {RESOURCE_NAME} in it \
             once, so that no two resources share a table. One is \"alb_{RESOURCE_NAME}\"."
        )
    })
}

fn wrong_start(start: &str, log_type: &LogType) -> Option<String> {
    match &log_type.layout.projection {
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
            "{key:.100?} is set by logenabler itself. Leave it out."
        ));
    }
    let lengths = (1..=MAX_KEY).contains(&key.len()) && value.len() <= MAX_VALUE;
    let right = lengths && !key.chars().any(char::is_control);
    (!right).then(|| {
        format!("The parameter {key:.100?} is more than Glue holds: a key has 1 to {MAX_KEY} bytes on one line, a value up to {MAX_VALUE} bytes.")
    })
}

fn wrong_column_name(name: &str, log_type: &LogType) -> Option<String> {
    if log_type.partition_keys().any(|key| key.name == name) {
        return Some(format!(
            "{name:?} is the partition key of {}: its folders' names, not part of a record.",
            log_type.name
        ));
    }
    let right = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(in_name);
    (!right).then(|| format!("{name:.100?} is not a name for a column: 1 to {MAX_NAME} of a-z, 0-9 and _; Glue knows no capitals."))
}

fn wrong_type(ty: &str, log_type: &LogType) -> Option<String> {
    let nested_too = matches!(log_type.format, Format::Json { .. });
    if ty.len() <= MAX_TYPE && (hive_type::is_simple(ty) || nested_too && hive_type::is_type(ty)) {
        return None;
    }
    Some(if hive_type::is_type(ty) {
        format!(
            "Records of {} are plain text, which holds no {ty:.60}. Use a simple type, such as string, bigint or double.",
            log_type.name
        )
    } else {
        format!(
            "{ty:.100?} is not a Hive type, such as string, bigint, double, timestamp, decimal(10,2) or array<string>, without spaces."
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

impl LogType {
    /// The template of this log type's table names where no table schema says otherwise.
    pub fn table_name_template(&self) -> String {
        naming::template(self)
    }
}
