//! Records in a list under the key `Records` of one object, walked without a tree.

use crate::cursor::Cursor;
use crate::json::record::{Keys, read_object};
use crate::json::scan::Reason;
use crate::read::{Reject, Row};

/// The key, as its only writer writes it.
const RECORDS: &[u8] = b"Records";
const NO_LIST: Reason = "expected a list of records under the key Records";

/// A position in such a file. Several of its objects, one behind the other, are read like one.
#[derive(Debug, Clone)]
pub(crate) struct List<'a> {
    cursor: Cursor<'a>,
    place: Place,
    /// Whether this object had its list.
    found: bool,
    /// How much was left where the last record began, or what was none.
    left: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before an object, or at the end.
    Outside,
    /// In an object, before its first key or behind a value.
    Inside { first: bool },
    /// In its list.
    Listed { first: bool },
}

impl<'a> List<'a> {
    pub(crate) fn new(cursor: Cursor<'a>) -> Self {
        Self {
            cursor,
            place: Place::Outside,
            found: false,
            left: 0,
        }
    }

    pub(crate) fn left(&self) -> usize {
        self.left
    }

    /// Reads the next record; what is none costs the rest of its object, since nobody can tell where the next begins.
    pub(crate) fn next(&mut self, keys: &Keys, row: &mut Row<'a>) -> Option<Result<(), Reject>> {
        let step = self.walk_to_record().map_err(Reject::of_record);
        self.left = self.cursor.rest().len();
        let read = match step {
            Ok(false) => return None,
            Ok(true) => read_object(&mut self.cursor, keys, row),
            Err(reject) => Err(reject),
        };
        if read.is_err() {
            self.give_up();
        }
        Some(read)
    }

    /// Walks up to the next record; whether there is one.
    fn walk_to_record(&mut self) -> Result<bool, Reason> {
        loop {
            self.cursor.skip_space();
            match self.place {
                Place::Outside if self.cursor.is_done() => return Ok(false),
                Place::Outside => {
                    self.cursor.require(b'{', "expected an object of JSON")?;
                    self.found = false;
                    self.place = Place::Inside { first: true };
                }
                Place::Inside { first } => self.member(first)?,
                Place::Listed { first } => {
                    if self.cursor.eat(b"]").is_some() {
                        self.place = Place::Inside { first: false };
                    } else if first {
                        self.place = Place::Listed { first: false };
                        return Ok(true);
                    } else {
                        self.cursor
                            .require(b',', "expected a comma or the end of the list")?;
                        self.cursor.skip_space();
                        return Ok(true);
                    }
                }
            }
        }
    }

    /// Into the list, over another value, or out of the object.
    fn member(&mut self, first: bool) -> Result<(), Reason> {
        if self.cursor.eat(b"}").is_some() {
            self.place = Place::Outside;
            return self.found.then_some(()).ok_or(NO_LIST);
        }
        if !first {
            self.cursor
                .require(b',', "expected a comma or the end of the object")?;
            self.cursor.skip_space();
        }
        let key = self.cursor.scan_key()?;
        if key.inside() == RECORDS {
            self.cursor.eat(b"[").ok_or(NO_LIST)?;
            self.found = true;
            self.place = Place::Listed { first: true };
        } else {
            self.cursor.scan()?;
            self.place = Place::Inside { first: false };
        }
        Ok(())
    }

    /// Goes on at the next line that begins with an object.
    fn give_up(&mut self) {
        self.place = Place::Outside;
        while !self.cursor.is_done() {
            self.cursor.take_to(b'\n');
            self.cursor.take(1);
            if self.cursor.peek() == Some(b'{') {
                return;
            }
        }
    }
}
