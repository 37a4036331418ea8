//! Values of rows, typed.

use std::borrow::Cow;

use crate::column::Type;
use crate::json;
use crate::{moment, number};

/// What a record has in a column. Texts and what is nested are slices of the record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Null,
    /// As it stands there, and not always UTF-8.
    Text(&'a [u8]),
    /// A text of JSON, still with its escapes: [`Value::text`] undoes them.
    Escaped(&'a [u8]),
    Boolean(bool),
    Int(i32),
    Bigint(i64),
    Float(f32),
    Double(f64),
    /// Days since 1970.
    Date(i32),
    /// Microseconds since 1970, in UTC.
    Time(i64),
    /// A list, a map or a struct, as JSON.
    Nested(&'a [u8]),
}

impl<'a> Value<'a> {
    /// A text without its escapes, which takes memory only where there are some; `None` for all that is no text.
    pub fn text(self) -> Option<Cow<'a, [u8]>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Escaped(text) => Some(Cow::Owned(json::unescaped(text))),
            _ => None,
        }
    }
}

impl Type {
    /// What a plain text is in this type. Hive has NULL wherever this is, but for moments that are texts to it.
    pub fn value(self, text: &[u8]) -> Value<'_> {
        let value = match self {
            Self::String => Some(Value::Text(text)),
            // How it is written there is for whoever reads it to know.
            Self::Text(ty) if ty.is_nested() => Some(Value::Text(text)),
            Self::Text(ty) => return ty.value(text),
            Self::Time(time) => time.micros(text).map(Value::Time),
            Self::Boolean => boolean(text).map(Value::Boolean),
            Self::Int => int(text).map(Value::Int),
            Self::Bigint => number::integer(text).map(Value::Bigint),
            Self::Float => number::float(text).map(Value::Float),
            Self::Double => number::double(text).map(Value::Double),
            Self::Date => moment::days(text).map(Value::Date),
            // Those are in JSON only.
            Self::Array(_) | Self::Map(_) | Self::Struct(_) => None,
        };
        value.unwrap_or(Value::Null)
    }

    /// Whether Hive finds a value of this type in plain text; where it does not, the column is NULL.
    /// So `-` is NULL in numbers and stays `-` in strings, and `-1` stays a number.
    pub fn holds(self, text: &[u8]) -> bool {
        match self {
            Self::String | Self::Text(_) => true,
            Self::Time(time) => time.hive().holds(text),
            _ => self.value(text) != Value::Null,
        }
    }

    /// What it is to Hive, in which a text is no more than one.
    pub(crate) fn in_hive(self) -> Self {
        match self {
            Self::Time(time) => time.hive(),
            Self::Text(_) => Self::String,
            itself => itself,
        }
    }

    pub(crate) fn is_nested(self) -> bool {
        matches!(self, Self::Array(_) | Self::Map(_) | Self::Struct(_))
    }
}

fn boolean(text: &[u8]) -> Option<bool> {
    let is = |word: &[u8]| text.eq_ignore_ascii_case(word);
    is(b"true")
        .then_some(true)
        .or_else(|| is(b"false").then_some(false))
}

fn int(text: &[u8]) -> Option<i32> {
    number::integer(text).and_then(|value| i32::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Time;

    fn check(ty: Type, text: &str, expected: Value) {
        assert_eq!(ty.value(text.as_bytes()), expected, "{ty:?} {text:?}");
    }

    #[test]
    fn dashes_are_null_in_numbers_only() {
        check(Type::String, "-", Value::Text(b"-"));
        for ty in [
            Type::Int,
            Type::Bigint,
            Type::Float,
            Type::Double,
            Type::Date,
        ] {
            check(ty, "-", Value::Null);
            check(ty, "", Value::Null);
        }
        check(Type::Int, "-1", Value::Int(-1));
        check(Type::Int, "4294967296", Value::Null);
        check(Type::Bigint, "4294967296", Value::Bigint(4_294_967_296));
        check(Type::Double, "-1", Value::Double(-1.0));
        check(Type::Double, "0.001", Value::Double(0.001));
        check(Type::Float, "0.001", Value::Float(0.001));
    }

    /// Hive has the text, whoever wants the moment has that.
    #[test]
    fn what_is_a_text_to_hive_has_the_value_that_it_holds() {
        let time = Type::Time(Time::Iso);
        check(time, "1970-01-01T00:00:01Z", Value::Time(1_000_000));
        check(time, "soon", Value::Null);
        assert!(time.holds(b"soon"));
        check(Type::Text(&Type::Int), "7", Value::Int(7));
        check(Type::Text(&Type::Int), "-", Value::Null);
        assert!(Type::Text(&Type::Int).holds(b"-"));
    }

    #[test]
    fn booleans_are_words_and_nested_values_no_text() {
        check(Type::Boolean, "True", Value::Boolean(true));
        check(Type::Boolean, "false", Value::Boolean(false));
        check(Type::Boolean, "-", Value::Null);
        check(Type::Array(&Type::String), "[]", Value::Null);
    }
}
