//! Columns of a table: stated once, used by the table, its documentation and the native reader.

use std::fmt;

/// One column, as Hive, Athena and people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub ty: Type,
    /// One sentence, 255 characters at most: Glue keeps it as the column's comment.
    pub doc: &'static str,
}

/// A Hive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    String,
    Int,
    Bigint,
    Double,
}

impl Type {
    /// Whether Hive finds a value of this type in the text; where it does not, the column is NULL.
    /// So `-` is NULL in numbers and stays `-` in strings, and `-1` stays a number.
    pub fn holds(self, text: &[u8]) -> bool {
        let number = || std::str::from_utf8(text).ok();
        match self {
            Self::String => true,
            Self::Int => number().is_some_and(|text| text.parse::<i32>().is_ok()),
            Self::Bigint => number().is_some_and(|text| text.parse::<i64>().is_ok()),
            Self::Double => number().is_some_and(|text| text.parse::<f64>().is_ok()),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "string",
            Self::Int => "int",
            Self::Bigint => "bigint",
            Self::Double => "double",
        })
    }
}

/// The constructors that log types are written with.
pub(crate) const fn string(name: &'static str, doc: &'static str) -> Column {
    Column {
        name,
        ty: Type::String,
        doc,
    }
}

pub(crate) const fn int(name: &'static str, doc: &'static str) -> Column {
    Column {
        name,
        ty: Type::Int,
        doc,
    }
}

pub(crate) const fn bigint(name: &'static str, doc: &'static str) -> Column {
    Column {
        name,
        ty: Type::Bigint,
        doc,
    }
}

pub(crate) const fn double(name: &'static str, doc: &'static str) -> Column {
    Column {
        name,
        ty: Type::Double,
        doc,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ty: Type, text: &str, held: bool) {
        assert_eq!(ty.holds(text.as_bytes()), held, "{ty} {text:?}");
    }

    #[test]
    fn dashes_are_null_in_numbers_only() {
        check(Type::String, "-", true);
        check(Type::Int, "-", false);
        check(Type::Int, "", false);
        check(Type::Int, "-1", true);
        check(Type::Int, "4294967296", false);
        check(Type::Bigint, "4294967296", true);
        check(Type::Double, "-", false);
        check(Type::Double, "-1", true);
        check(Type::Double, "0.001", true);
    }
}
