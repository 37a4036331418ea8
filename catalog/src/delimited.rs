//! Records of fields with a separator between them, below a few header lines.

use crate::column::Column;
use crate::read::{Reject, Row};

#[derive(Debug, Clone, Copy)]
pub struct Delimited {
    pub separator: char,
    /// How many lines at the top of each file are no records.
    pub header_lines: u8,
    /// In their order. Lines may end early, as those of older files do: what they lack is NULL.
    pub columns: &'static [Column],
}

/// How Hive writes NULL in text.
const NULL: &[u8] = br"\N";

impl Delimited {
    /// Reads one line, given without its line break. What does not begin as every record does is none.
    pub(crate) fn read<'a>(&self, line: &'a [u8]) -> Result<Row<'a>, Reject> {
        let mut fields = line.split(|byte| char::from(*byte) == self.separator);
        let value = |column: &Column| {
            let text = fields.next().filter(|text| *text != NULL)?;
            column.ty.holds(text).then_some(text)
        };
        let values: Vec<_> = self.columns.iter().map(value).collect();
        if let (Some(None), Some(column)) = (values.first(), self.columns.first()) {
            return Err(Reject {
                column: column.name,
                reason: "expected the value that every record begins with",
            });
        }
        Ok(Row {
            values,
            unknown_trailing: fields.count(),
        })
    }
}
