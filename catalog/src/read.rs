//! Reading a line natively: the same rows as Hive gets through the regex, without a regex engine, and with reasons.

use std::borrow::Cow;

use crate::column::Column;
use crate::cursor::Cursor;
use crate::kind::Slices;
use crate::tokens::{Field, Group, Tokens};

/// One record: a slice of the line, or NULL, per column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    pub values: Vec<Option<&'a [u8]>>,
    /// Fields behind the last known one: AWS has begun to write something new.
    pub unknown_trailing: usize,
}

/// A line that is no record of this format; Hive shows it as a row of NULLs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {reason}")]
pub struct Reject {
    pub column: Cow<'static, str>,
    pub reason: &'static str,
}

impl Tokens {
    /// Reads one line, given without its line break.
    pub(crate) fn read<'a>(&self, line: &'a [u8]) -> Result<Row<'a>, Reject> {
        let width = self.columns().count();
        let mut row = Row {
            values: Vec::with_capacity(width),
            unknown_trailing: 0,
        };
        let mut cursor = Cursor::new(line);
        row.read_group(&mut cursor, self.fixed())?;
        row.unknown_trailing = match row.read_appended(&mut cursor, self.appended()) {
            Ok(()) => count_fields(cursor),
            Err(missing) => count_dashes(cursor).ok_or(missing)?,
        };
        row.values.resize(width, None);
        Ok(row)
    }
}

impl<'a> Row<'a> {
    fn read_group(&mut self, cursor: &mut Cursor<'a>, group: Group) -> Result<(), Reject> {
        for (field, place) in group.fields() {
            let spaced = self.values.is_empty() || cursor.eat(b" ").is_some();
            let slices = field
                .kind()
                .read(cursor, place)
                .filter(|_| spaced && cursor.is_at_stop());
            self.push(field.columns(), slices.ok_or_else(|| reject(field))?);
        }
        Ok(())
    }

    /// Whole groups only; the error is about the first that is not there.
    fn read_appended(
        &mut self,
        cursor: &mut Cursor<'a>,
        groups: impl Iterator<Item = Group>,
    ) -> Result<(), Reject> {
        for group in groups {
            let (mut ahead, present) = (*cursor, self.values.len());
            if let Err(missing) = self.read_group(&mut ahead, group) {
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
    Reject {
        column: column.map_or(Cow::Borrowed(""), |column| column.name.clone()),
        reason: field.kind().expected(),
    }
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
            cursor.take_while(|byte| byte != b'"');
        }
        cursor.take_while(|byte| byte != b' ');
    }
    fields
}
