//! Reading whole files natively: rows and rejects, one after the other.

use crate::column::{Column, Type};
use crate::cursor::Cursor;
use crate::find::find_either;
use crate::format::{Format, Records};
use crate::json::{self, Keys, List};
use crate::read::{Reject, Row};
use crate::value::Value;

/// A format, made ready to read many records.
#[derive(Debug, Clone)]
pub struct Reader<'f> {
    format: &'f Format,
    columns: Vec<&'f Column>,
    keys: Option<Keys<'f>>,
}

/// Some editors mark a text as UTF-8 so.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Format {
    /// `None` if files of this format are for Hive alone.
    pub fn reader(&self) -> Option<Reader<'_>> {
        let keys = match self {
            Self::Json {
                columns, renamed, ..
            } => Some(Keys::new(columns, renamed)),
            Self::Tokens(_) | Self::Delimited(_) => None,
            Self::Parquet { .. } => return None,
        };
        Some(Reader {
            format: self,
            columns: self.columns().collect(),
            keys,
        })
    }

    /// Reads one record, given without its line break; `None` if files of this format are for Hive alone.
    pub fn read<'a>(&self, record: &'a [u8]) -> Option<Result<Row<'a>, Reject>> {
        let mut row = Row::default();
        let read = self.reader()?.read_into(record, &mut row);
        Some(read.map(|()| row))
    }
}

impl<'f> Reader<'f> {
    /// Reads one record, given without its line break, in the place of what the row had.
    pub fn read_into<'a>(&self, record: &'a [u8], row: &mut Row<'a>) -> Result<(), Reject> {
        match (self.format, &self.keys) {
            (Format::Tokens(tokens), _) => tokens.read(record, self.columns.len(), row),
            (Format::Delimited(delimited), _) => delimited.read(record, row),
            (_, Some(keys)) => json::read(record, keys, row),
            (_, None) => Err(Reject::of_record("expected a record of text")),
        }
    }

    /// The values of a row that was read with this reader, each in its column's type.
    pub fn values<'r, 'a>(&'r self, row: &'r Row<'a>) -> impl Iterator<Item = Value<'a>> + 'r {
        self.values_as(row, |ty| ty)
    }

    /// The same as Hive has them: moments are texts or numbers there, and what a text holds stays a text.
    pub fn values_in_hive<'r, 'a>(
        &'r self,
        row: &'r Row<'a>,
    ) -> impl Iterator<Item = Value<'a>> + 'r {
        self.values_as(row, Type::in_hive)
    }

    fn values_as<'r, 'a>(
        &'r self,
        row: &'r Row<'a>,
        to: impl Fn(Type) -> Type + 'r,
    ) -> impl Iterator<Item = Value<'a>> + 'r {
        let of_json = self.keys.is_some();
        let value = move |(column, slice): (&&Column, &Option<&'a [u8]>)| match slice {
            Some(slice) if of_json => json::value(to(column.ty), slice),
            Some(slice) => to(column.ty).value(slice),
            None => Value::Null,
        };
        self.columns.iter().zip(&row.values).map(value)
    }

    /// The records of a whole file, unpacked.
    pub fn rows<'r, 'a>(&'r self, file: &'a [u8]) -> Rows<'r, 'f, 'a> {
        let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
        let mut cursor = Cursor::new(file);
        let mut line = 0;
        if let Format::Delimited(delimited) = self.format {
            for _ in 0..delimited.header_lines {
                line += usize::from(next_line(&mut cursor).is_some());
            }
        }
        let list = self.format.is_list().then(|| List::new(cursor));
        Rows {
            reader: self,
            cursor,
            list,
            line,
        }
    }
}

impl Format {
    pub(crate) fn is_list(&self) -> bool {
        matches!(
            self,
            Self::Json {
                records: Records::Array,
                ..
            }
        )
    }
}

/// The records of one file, in their order. An empty line is none.
#[derive(Debug, Clone)]
pub struct Rows<'r, 'f, 'a> {
    reader: &'r Reader<'f>,
    /// Behind the last record; in a list, how far lines were counted.
    cursor: Cursor<'a>,
    list: Option<List<'a>>,
    line: usize,
}

impl<'a> Rows<'_, '_, 'a> {
    /// Reads the next record in the place of what the row had; `None` at the end.
    pub fn next_into(&mut self, row: &mut Row<'a>) -> Option<Result<(), Reject>> {
        match (&mut self.list, &self.reader.keys) {
            (Some(list), Some(keys)) => {
                let read = list.next(keys, row)?;
                let left = list.left();
                Some(read.map_err(|reject| reject.at_line(self.line_at(left))))
            }
            _ => self.next_line_into(row),
        }
    }

    fn next_line_into(&mut self, row: &mut Row<'a>) -> Option<Result<(), Reject>> {
        loop {
            let line = next_line(&mut self.cursor)?;
            self.line += 1;
            if !line.is_empty() {
                let read = self.reader.read_into(line, row);
                return Some(read.map_err(|reject| reject.at_line(self.line)));
            }
        }
    }

    /// The number of the line in which so many bytes are left. Only rejects ask, and each byte is counted once.
    fn line_at(&mut self, left: usize) -> usize {
        let passed = self.cursor.rest().len().saturating_sub(left);
        let breaks = self.cursor.take(passed);
        self.line += memchr::memchr_iter(b'\n', breaks).count();
        self.line + 1
    }
}

/// Takes a row's memory for each record: [`Rows::next_into`] does without.
impl<'a> Iterator for Rows<'_, '_, 'a> {
    type Item = Result<Row<'a>, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = Row::default();
        let read = self.next_into(&mut row)?;
        Some(read.map(|()| row))
    }
}

/// Up to a line feed, a carriage return or both, as Hadoop cuts lines. The last line may do without.
fn next_line<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    if cursor.is_done() {
        return None;
    }
    let line = cursor.take(find_either(cursor.rest(), *b"\r\n"));
    cursor
        .eat(b"\r\n")
        .or_else(|| cursor.take(1).first().map(drop));
    Some(line)
}
