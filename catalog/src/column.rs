//! Columns of a table: stated once, used by the table, its documentation and the native reader.

use std::borrow::Cow;
use std::fmt;

/// One column, as Hive, Athena and people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Owned where a log's owner chose a field that is not in the log type's dictionary.
    pub name: Cow<'static, str>,
    pub ty: Type,
    /// One sentence, 255 characters at most: Glue keeps it as the column's comment.
    pub doc: &'static str,
}

/// A type: what the values are, from which follows how Hive declares them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    String,
    Boolean,
    Int,
    Bigint,
    Float,
    Double,
    Date,
    /// A moment, written in one of the ways that services have. To Hive a text or a number.
    Time(Time),
    /// A text to Hive, although it holds this: so are all values in some encodings.
    Text(&'static Type),
    Array(&'static Type),
    /// From strings to this.
    Map(&'static Type),
    Struct(&'static [(&'static str, Type)]),
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// `2026-03-03T03:03:03.030303Z`, with any number of digits of the second, perhaps without the zone, which is UTC.
    Iso,
    /// `03/Mar/2026:03:03:03 +0000`.
    Clf,
    /// Seconds since 1970, perhaps with a fraction, as a text.
    Epoch,
    /// Seconds since 1970, as a whole number.
    Seconds,
    /// Milliseconds since 1970, as a whole number.
    Millis,
}

impl Type {
    /// The same where every value is written as a text.
    pub(crate) fn as_text(self) -> Self {
        match self {
            Self::String | Self::Text(_) => self,
            Self::Boolean => Self::Text(&Self::Boolean),
            Self::Int => Self::Text(&Self::Int),
            Self::Bigint => Self::Text(&Self::Bigint),
            Self::Float => Self::Text(&Self::Float),
            Self::Double => Self::Text(&Self::Double),
            Self::Date => Self::Text(&Self::Date),
            Self::Time(Time::Iso | Time::Clf | Time::Epoch) => self,
            Self::Time(Time::Seconds) => Self::Text(&Self::Time(Time::Seconds)),
            Self::Time(Time::Millis) => Self::Text(&Self::Time(Time::Millis)),
            // Nothing is nested in vended logs.
            Self::Array(_) | Self::Map(_) | Self::Struct(_) => Self::String,
        }
    }
}

impl Time {
    /// What it is to Hive, whose timestamps are written otherwise.
    pub fn hive(self) -> Type {
        match self {
            Self::Iso | Self::Clf | Self::Epoch => Type::String,
            Self::Seconds | Self::Millis => Type::Bigint,
        }
    }
}

/// As Hive declares it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String | Self::Text(_) => "string",
            Self::Time(time) => return time.hive().fmt(f),
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Bigint => "bigint",
            Self::Float => "float",
            Self::Double => "double",
            Self::Date => "date",
            Self::Array(item) => return write!(f, "array<{item}>"),
            Self::Map(value) => return write!(f, "map<string,{value}>"),
            Self::Struct(members) => return write!(f, "struct<{}>", Members(members)),
        })
    }
}

struct Members(&'static [(&'static str, Type)]);

impl fmt::Display for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, ty)) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{name}:{ty}")?;
        }
        Ok(())
    }
}

/// The constructors that log types are written with.
pub(crate) const fn column(name: &'static str, ty: Type, doc: &'static str) -> Column {
    Column {
        name: Cow::Borrowed(name),
        ty,
        doc,
    }
}

pub(crate) const fn string(name: &'static str, doc: &'static str) -> Column {
    column(name, Type::String, doc)
}

pub(crate) const fn int(name: &'static str, doc: &'static str) -> Column {
    column(name, Type::Int, doc)
}

pub(crate) const fn bigint(name: &'static str, doc: &'static str) -> Column {
    column(name, Type::Bigint, doc)
}

pub(crate) const fn double(name: &'static str, doc: &'static str) -> Column {
    column(name, Type::Double, doc)
}

pub(crate) const fn time(name: &'static str, written: Time, doc: &'static str) -> Column {
    column(name, Type::Time(written), doc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_types_are_written_as_hive_reads_them() {
        let pairs = Type::Array(&Type::Struct(&[("name", Type::String), ("at", Type::Date)]));
        assert_eq!(pairs.to_string(), "array<struct<name:string,at:date>>");
    }
}
