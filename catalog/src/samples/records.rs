//! What the beginning of a file says: whether AWS still writes the log as its table reads it.

use super::own::Own;
use crate::column::{Column, Type};
use crate::format::Format;
use crate::layout::Shared;
use crate::log::Resource;
use crate::read::{Reject, Row};
use crate::table_schema::TableSchema;
use serde_json::{Value, json};
use std::borrow::Cow;

/// No header is longer.
const LAST_OF_HEADER: usize = 4;

/// What was found in it; nothing of what the records say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// Of this log, rejects among them.
    pub records: usize,
    pub rejects: usize,
    /// What was expected in the first of them, and where.
    pub reject: Option<Reject>,
    /// The most that one record has: fields behind the last known one, or keys without a column.
    pub unknown_fields: usize,
}

/// How the records of one log are read, and told from those of others in the same files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Records {
    format: Format,
    /// Fields behind the last one that a user knows of.
    more: usize,
    own: Vec<Own>,
    /// Whether a reject may be a record of another log.
    has_others: bool,
}

impl Sample {
    /// For the table's mark, the same as long as what is new is the same; None where all is as ever.
    pub fn drift(&self) -> Option<String> {
        let mut drift = serde_json::Map::new();
        if self.unknown_fields > 0 {
            drift.insert("unknown_fields".to_owned(), self.unknown_fields.into());
        }
        if let Some(reject) = &self.reject {
            drift.insert("reject".to_owned(), json!(reject.to_string()));
        }
        (!drift.is_empty()).then(|| Value::from(drift).to_string())
    }
}

impl Records {
    /// None if nobody but Hive reads them.
    pub(super) fn of(
        format: &Format,
        schema: &TableSchema,
        shared: Option<&Shared>,
        resource: &Resource,
    ) -> Option<Self> {
        format.reader()?;
        let told = shared.map(|shared| shared.columns).unwrap_or_default();
        let index = |name: &str| format.columns().position(|column| column.name == name);
        let own = told.iter().map(|(path, held)| {
            let (name, member) = path
                .split_once('.')
                .map_or((*path, None), |(n, m)| (n, Some(m)));
            Some(Own::of(index(name)?, member, *held, resource))
        });
        let own = own.collect::<Option<Vec<_>>>()?;
        let is_new = |name: &str| index(name).is_none();
        let more = schema.columns.iter().filter(|column| is_new(&column.name));
        let more: Vec<_> = more.map(|column| column.name.clone()).collect();
        Some(Self {
            has_others: !own.is_empty() && shared.is_some_and(|it| it.files.is_empty()),
            own,
            more: more.len(),
            format: with_keys(format.clone(), more),
        })
    }

    pub(super) fn read(&self, file: &[u8], is_cut: bool) -> Sample {
        let mut sample = Sample::default();
        let Some(reader) = self.format.reader() else {
            return sample;
        };
        let is_list = self.format.is_list();
        let file = if is_cut && !is_list {
            whole_lines(file)
        } else {
            file
        };
        let (mut rows, mut row) = (reader.rows(file), Row::default());
        let mut reject = None;
        while let Some(read) = rows.next_into(&mut row) {
            sample.rejected(reject.take());
            match read {
                Ok(()) if self.is_own(&row) => sample.counted(self.unknown_fields(&row)),
                Ok(()) => {}
                Err(rejected) => reject = Some(rejected).filter(|it| self.counts(file, it)),
            }
        }
        // Where a list is cut, its end is no record.
        sample.rejected(reject.filter(|_| !is_cut || !is_list));
        sample
    }

    /// Not where it may be another log's, nor a line of a header that has more of them in some files.
    fn counts(&self, file: &[u8], reject: &Reject) -> bool {
        let may_be_header = self.has_header() && reject.line <= LAST_OF_HEADER;
        let is_header = may_be_header && starts_with_hash(file, reject.line);
        !self.has_others && !is_header
    }

    fn has_header(&self) -> bool {
        matches!(&self.format, Format::Delimited(delimited) if delimited.header_lines > 0)
    }

    fn unknown_fields(&self, row: &Row) -> usize {
        match self.format {
            Format::Json { .. } => row.unknown_trailing,
            _ => row.unknown_trailing.saturating_sub(self.more),
        }
    }

    fn is_own(&self, row: &Row) -> bool {
        let value = |column: usize| row.values.get(column).copied().flatten();
        self.own.iter().all(|own| own.holds(value(own.column)))
    }
}

impl Sample {
    fn counted(&mut self, unknown_fields: usize) {
        self.records += 1;
        self.unknown_fields = self.unknown_fields.max(unknown_fields);
    }

    fn rejected(&mut self, reject: Option<Reject>) {
        let Some(reject) = reject else { return };
        self.records += 1;
        self.rejects += 1;
        self.reject.get_or_insert(reject);
    }
}

/// In JSON what a user has added goes by its name; elsewhere by its place.
fn with_keys(mut format: Format, more: Vec<String>) -> Format {
    if let Format::Json { columns, .. } = &mut format {
        let column = |name| Column {
            name: Cow::Owned(name),
            ty: Type::String,
            doc: "",
        };
        columns.to_mut().extend(more.into_iter().map(column));
    }
    format
}

fn starts_with_hash(file: &[u8], line: usize) -> bool {
    let mut lines = file.split(|byte| *byte == b'\n');
    let line = lines.nth(line.saturating_sub(1));
    line.is_some_and(|line| line.starts_with(b"#"))
}

/// Without the line that has no end.
fn whole_lines(file: &[u8]) -> &[u8] {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let end = file.iter().rposition(is_end).unwrap_or_default();
    file.get(..end).unwrap_or_default()
}
