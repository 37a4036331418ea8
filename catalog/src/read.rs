//! Reading a line natively: the same rows as Hive gets through the regex, without a regex engine, and with reasons.

use std::borrow::Cow;

use crate::column::Column;
use crate::cursor::Cursor;
use crate::kind::Slices;
use crate::tokens::{Field, Group, Tokens};

/// One record: a slice of it, or NULL, per column. A row that is read into again takes no memory anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row<'a> {
    pub values: Vec<Option<&'a [u8]>>,
    /// Fields behind the last known one, or keys without a column: AWS has begun to write something new.
    pub unknown_trailing: usize,
}

/// What is no record of this format; Hive shows it as a row of NULLs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", at(column))]
pub struct Reject {
    /// In the file, from 1.
    pub line: usize,
    /// Empty where it is none of them.
    pub column: Cow<'static, str>,
    pub reason: &'static str,
}

fn at(column: &str) -> String {
    match column {
        "" => String::new(),
        column => format!("column {column}: "),
    }
}

impl Reject {
    pub(crate) fn new(column: Cow<'static, str>, reason: &'static str) -> Self {
        Self {
            line: 1,
            column,
            reason,
        }
    }

    /// It is no column's fault.
    pub(crate) fn of_record(reason: &'static str) -> Self {
        Self::new(Cow::Borrowed(""), reason)
    }

    pub(crate) fn at_line(self, line: usize) -> Self {
        Self { line, ..self }
    }
}

impl Tokens {
    /// Reads one line, given without its line break, of which this many values are to be had.
    pub(crate) fn read<'a>(
        &self,
        line: &'a [u8],
        width: usize,
        row: &mut Row<'a>,
    ) -> Result<(), Reject> {
        row.values.clear();
        let mut cursor = Cursor::new(line);
        row.read_group(&mut cursor, self.fixed())?;
        row.unknown_trailing = match row.read_appended(&mut cursor, self.appended()) {
            Ok(()) => count_fields(cursor),
            Err(missing) => count_dashes(cursor).ok_or_else(|| reject(missing))?,
        };
        row.values.resize(width, None);
        Ok(())
    }
}

impl<'a> Row<'a> {
    pub(crate) fn reset(&mut self, width: usize) {
        self.values.clear();
        self.values.resize(width, None);
        self.unknown_trailing = 0;
    }

    pub(crate) fn set(&mut self, index: usize, value: Option<&'a [u8]>) {
        if let Some(place) = self.values.get_mut(index) {
            *place = value;
        }
    }

    fn read_group(&mut self, cursor: &mut Cursor<'a>, group: Group) -> Result<(), Reject> {
        self.try_group(cursor, group).map_err(reject)
    }

    /// The error is the field that is not there.
    fn try_group(&mut self, cursor: &mut Cursor<'a>, group: Group) -> Result<(), &'static Field> {
        for (field, place) in group.fields() {
            let spaced = self.values.is_empty() || cursor.eat(b" ").is_some();
            let slices = field
                .kind()
                .read(cursor, place)
                .filter(|_| spaced && cursor.is_at_stop());
            self.push(field.columns(), slices.ok_or(field)?);
        }
        Ok(())
    }

    /// Whole groups only; the error is about the first that is not there.
    fn read_appended(
        &mut self,
        cursor: &mut Cursor<'a>,
        groups: impl Iterator<Item = Group>,
    ) -> Result<(), &'static Field> {
        for group in groups {
            let (mut ahead, present) = (*cursor, self.values.len());
            if let Err(missing) = self.try_group(&mut ahead, group) {
                self.values.truncate(present);
                return Err(missing);
            }
            *cursor = ahead;
        }
        Ok(())
    }

    fn push(&mut self, columns: &[Column], slices: Slices<'a>) {
        let pairs = columns.iter().zip(slices);
        self.values
            .extend(pairs.map(|(column, slice)| slice.filter(|text| column.ty.holds(text))));
    }
}

fn reject(field: &'static Field) -> Reject {
    let column = field.columns().first();
    let column = column.map_or(Cow::Borrowed(""), |column| column.name.clone());
    Reject::new(column, field.kind().expected())
}

/// AWS writes `-` for a field that it has not released yet. Anything else in the place of a known field is a line gone wrong.
pub(crate) fn count_dashes(mut cursor: Cursor) -> Option<usize> {
    let dashes = std::iter::from_fn(|| cursor.eat(b" -")).count();
    cursor.is_done().then_some(dashes)
}

fn count_fields(mut cursor: Cursor) -> usize {
    let mut fields = 0;
    while cursor.eat(b" ").is_some() {
        fields += 1;
        if cursor.eat(b"\"").is_some() {
            cursor.take_to(b'"');
        }
        cursor.take_to(b' ');
    }
    fields
}
