//! One record: an object of JSON, whose keys are the columns' names.

use std::borrow::Cow;

use crate::column::Column;
use crate::cursor::Cursor;
use crate::json::scan::{Reason, Scanned, Shape};
use crate::json::text::unescaped;
use crate::json::typed::slice;
use crate::read::{Reject, Row};

/// The columns, and the key of each.
#[derive(Debug, Clone)]
pub(crate) struct Keys<'f> {
    pairs: Vec<(&'f str, &'f Column)>,
}

impl<'f> Keys<'f> {
    pub(crate) fn new(columns: &'f [Column], renamed: &'f [(String, String)]) -> Self {
        let key = |column: &'f Column| {
            let other = renamed.iter().find(|(name, _)| *name == column.name);
            other.map_or(column.name.as_ref(), |(_, key)| key)
        };
        Self {
            pairs: columns.iter().map(|column| (key(column), column)).collect(),
        }
    }

    /// The column of a key, whatever its case. Keys mostly come in the columns' order, so the search begins behind the
    /// column found last.
    fn find(&self, key: &[u8], behind: usize) -> Option<(usize, &'f Column)> {
        let (earlier, later) = self.pairs.split_at_checked(behind)?;
        let is = |(_, (name, _)): &(usize, &(&str, _))| name.as_bytes().eq_ignore_ascii_case(key);
        let later = later
            .iter()
            .enumerate()
            .map(|(index, pair)| (behind + index, pair));
        let mut all = later.chain(earlier.iter().enumerate());
        all.find(is).map(|(index, (_, column))| (index, *column))
    }
}

/// Reads a record that is all of a line.
pub(crate) fn read<'a>(line: &'a [u8], keys: &Keys, row: &mut Row<'a>) -> Result<(), Reject> {
    let mut cursor = Cursor::new(line);
    read_object(&mut cursor, keys, row)?;
    cursor.skip_space();
    let done = cursor.is_done().then_some(());
    done.ok_or_else(|| reject("", "expected nothing behind the record"))
}

/// Reads the object that is next. Of values that share a key, the last counts.
pub(super) fn read_object<'a>(
    cursor: &mut Cursor<'a>,
    keys: &Keys,
    row: &mut Row<'a>,
) -> Result<(), Reject> {
    row.reset(keys.pairs.len());
    cursor
        .require(b'{', "expected an object of JSON")
        .map_err(|reason| reject("", reason))?;
    cursor.skip_space();
    if cursor.peek() == Some(b'}') {
        cursor.take(1);
    } else {
        read_members(cursor, keys, row)?;
    }
    let has_values = row.values.iter().any(Option::is_some);
    let row = has_values.then_some(());
    row.ok_or_else(|| reject("", "expected a value in at least one column"))
}

fn read_members<'a>(cursor: &mut Cursor<'a>, keys: &Keys, row: &mut Row<'a>) -> Result<(), Reject> {
    let mut behind = 0;
    loop {
        let key = cursor.scan_key().map_err(|reason| reject("", reason))?;
        match keys.find(&plain(key), behind) {
            Some((index, column)) => {
                let value = cursor
                    .scan()
                    .map_err(|reason| reject(&column.name, reason))?;
                row.set(index, slice(column.ty, value));
                behind = index + 1;
            }
            None => {
                cursor.scan().map_err(|reason| reject("", reason))?;
                row.unknown_trailing += 1;
            }
        }
        cursor.skip_space();
        if cursor.eat(b",").is_some() {
            cursor.skip_space();
        } else {
            let end = cursor.require(b'}', "expected a comma or the end of the record");
            return end.map_err(|reason| reject("", reason));
        }
    }
}

fn plain(key: Scanned<'_>) -> Cow<'_, [u8]> {
    match key.shape {
        Shape::Escaped => Cow::Owned(unescaped(key.inside())),
        _ => Cow::Borrowed(key.inside()),
    }
}

fn reject(column: &str, reason: Reason) -> Reject {
    Reject::new(Cow::Owned(column.to_owned()), reason)
}
