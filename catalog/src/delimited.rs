//! Records of fields with a separator between them, below a few header lines.

use std::borrow::Cow;

use crate::column::Column;
use crate::cursor::Cursor;
use crate::read::{Reject, Row};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delimited {
    pub separator: char,
    /// How many lines at the top of each file are no records.
    pub header_lines: u8,
    /// In their order. Lines may end early, as those of older files do: what they lack is NULL.
    pub columns: Cow<'static, [Column]>,
}

/// How Hive writes NULL in text.
const NULL: &[u8] = br"\N";

impl Delimited {
    /// Reads one line, given without its line break. What does not begin as every record does is none.
    pub(crate) fn read<'a>(&self, line: &'a [u8], row: &mut Row<'a>) -> Result<(), Reject> {
        let mut fields = Fields {
            rest: Some(line),
            separator: u8::try_from(self.separator).unwrap_or_default(),
        };
        let value = |column: &Column| {
            let text = fields.next().filter(|text| *text != NULL)?;
            column.ty.holds(text).then_some(text)
        };
        row.values.clear();
        row.values.extend(self.columns.iter().map(value));
        row.unknown_trailing = fields.count();
        match (row.values.first(), self.columns.first()) {
            (Some(None), Some(column)) => Err(Reject::new(
                column.name.clone(),
                "expected the value that every record begins with",
            )),
            _ => Ok(()),
        }
    }
}

/// What is between separators.
struct Fields<'a> {
    rest: Option<&'a [u8]>,
    separator: u8,
}

impl<'a> Iterator for Fields<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let mut cursor = Cursor::new(self.rest?);
        let field = cursor.take_to(self.separator);
        self.rest = cursor.take(1).first().map(|_| cursor.rest());
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::{int, string};

    const DELIMITED: Delimited = Delimited {
        separator: '\t',
        header_lines: 0,
        columns: Cow::Borrowed(&[int("a", "A."), string("b", "B."), int("c", "C.")]),
    };

    /// `expected` is the values and the number of fields behind them.
    fn check(line: &str, expected: Option<([&str; 3], usize)>) {
        let mut row = Row::default();
        let read = DELIMITED.read(line.as_bytes(), &mut row).ok();
        let row = read.map(|()| {
            let text = |value: Option<&[u8]>| {
                value.map_or("NULL".to_owned(), |v| {
                    String::from_utf8_lossy(v).into_owned()
                })
            };
            let values: Vec<_> = row.values.into_iter().map(text).collect();
            (values, row.unknown_trailing)
        });
        let expected = expected.map(|(values, more)| (values.map(str::to_owned).to_vec(), more));
        assert_eq!(row, expected, "{line:?}");
    }

    #[test]
    fn short_lines_end_in_nulls_and_long_ones_are_noticed() {
        check("1\tx\t2", Some((["1", "x", "2"], 0)));
        check("1\tx y\t-", Some((["1", "x y", "NULL"], 0)));
        check("1\t\\N", Some((["1", "NULL", "NULL"], 0)));
        check("1\t\t2\tnew\t", Some((["1", "", "2"], 2)));
        check("1", Some((["1", "NULL", "NULL"], 0)));
        check("", None);
        check("#Version: 1.0", None);
    }
}
