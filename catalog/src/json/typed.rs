//! What a value of JSON is in a column's type: as Athena has it, where it and Hive's SerDe differ.

use crate::column::Type;
use crate::json::scan::{Scanned, Shape};
use crate::json::text::unescaped;
use crate::number;
use crate::value::Value;

/// What a row keeps of a value, or NULL. A text is without its quotes; those with escapes keep them, and are told by them
/// from all others.
pub(super) fn slice(ty: Type, scanned: Scanned<'_>) -> Option<&[u8]> {
    let slice = match scanned.shape {
        Shape::Null => return None,
        Shape::Plain if !ty.is_nested() => scanned.inside(),
        _ => scanned.raw,
    };
    holds(ty, slice).then_some(slice)
}

/// Whether Hive finds something there.
fn holds(ty: Type, slice: &[u8]) -> bool {
    match ty {
        Type::String | Type::Text(_) | Type::Boolean | Type::Array(_) => true,
        Type::Time(time) => holds(time.hive(), slice),
        _ => value(ty, slice) != Value::Null,
    }
}

/// The value, of what a row keeps.
pub(crate) fn value(ty: Type, slice: &[u8]) -> Value<'_> {
    match (ty, slice) {
        // A list of one is often written as that one.
        (Type::Array(_), _) => Value::Nested(slice),
        (Type::Map(_) | Type::Struct(_), [b'{' | b'[', ..]) => Value::Nested(slice),
        (Type::Map(_) | Type::Struct(_), _) => Value::Null,
        (Type::String, [b'"', text @ .., b'"']) => Value::Escaped(text),
        (Type::Text(ty), _) if ty.is_nested() => value(Type::String, slice),
        (Type::Text(ty), _) => value(*ty, slice),
        (_, [b'"', text @ .., b'"']) => apart(plain(ty, &unescaped(text))),
        (_, text) => plain(ty, text),
    }
}

/// Whatever is neither true nor NULL is false to both readers.
fn plain(ty: Type, text: &[u8]) -> Value<'_> {
    match ty {
        Type::Boolean => Value::Boolean(text.eq_ignore_ascii_case(b"true")),
        Type::Int | Type::Bigint => match ty.value(text) {
            Value::Null => power_of_ten(ty, text),
            value => value,
        },
        _ => ty.value(text),
    }
}

/// `1e3`, which JSON has for a whole number.
fn power_of_ten(ty: Type, text: &[u8]) -> Value<'_> {
    let has_power = text.iter().any(|byte| matches!(byte, b'e' | b'E'));
    let double = number::double(text).filter(|_| has_power);
    // What a double holds exactly.
    let whole = double
        .filter(|value| value.abs() < 9e15)
        .map(|value| value as i64);
    match (ty, whole) {
        (Type::Int, Some(value)) => i32::try_from(value).map_or(Value::Null, Value::Int),
        (_, Some(value)) => Value::Bigint(value),
        (_, None) => Value::Null,
    }
}

/// Values but for texts, for which none was asked.
fn apart(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Boolean(value) => Value::Boolean(value),
        Value::Int(value) => Value::Int(value),
        Value::Bigint(value) => Value::Bigint(value),
        Value::Float(value) => Value::Float(value),
        Value::Double(value) => Value::Double(value),
        Value::Date(days) => Value::Date(days),
        Value::Time(micros) => Value::Time(micros),
        Value::Null | Value::Text(_) | Value::Escaped(_) | Value::Nested(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Time;
    use crate::cursor::Cursor;

    fn check(ty: Type, json: &str, expected: Value) {
        let scanned = Cursor::new(json.as_bytes()).scan().unwrap();
        let found = slice(ty, scanned).map_or(Value::Null, |slice| value(ty, slice));
        assert_eq!(found, expected, "{ty:?} {json}");
    }

    #[test]
    fn texts_have_no_quotes_and_what_is_no_text_is_one_in_its_column() {
        check(Type::String, r#""x""#, Value::Text(b"x"));
        check(Type::String, r#""""#, Value::Text(b""));
        check(Type::String, r#""a\"b""#, Value::Escaped(br#"a\"b"#));
        check(Type::String, "5.0", Value::Text(b"5.0"));
        check(Type::String, "true", Value::Text(b"true"));
        check(Type::String, r#"[{"a": 1}]"#, Value::Text(br#"[{"a": 1}]"#));
        check(Type::String, "null", Value::Null);
    }

    #[test]
    fn numbers_may_stand_in_quotes_and_are_cut() {
        for json in ["7", r#""7""#, "7.9", "7e0", r#""\u0037""#] {
            check(Type::Int, json, Value::Int(7));
            check(Type::Bigint, json, Value::Bigint(7));
        }
        check(Type::Int, "2147483648", Value::Null);
        check(Type::Int, "1e300", Value::Null);
        check(Type::Bigint, "2147483648", Value::Bigint(2_147_483_648));
        check(Type::Double, r#""1.5""#, Value::Double(1.5));
        for json in [r#""x""#, r#""""#, r#""-""#, "true", "[]", "{}", "null"] {
            check(Type::Int, json, Value::Null);
            check(Type::Double, json, Value::Null);
        }
        check(Type::Time(Time::Millis), "1000", Value::Time(1_000_000));
    }

    #[test]
    fn what_is_not_true_is_false() {
        for json in ["true", r#""true""#, r#""TRUE""#] {
            check(Type::Boolean, json, Value::Boolean(true));
        }
        for json in ["false", "1", r#""x""#, "[]"] {
            check(Type::Boolean, json, Value::Boolean(false));
        }
        check(Type::Boolean, "null", Value::Null);
    }

    #[test]
    fn what_is_nested_stays_as_it_is() {
        let list = Type::Array(&Type::String);
        let object = Type::Struct(&[("a", Type::String)]);
        check(list, r#"["a"]"#, Value::Nested(br#"["a"]"#));
        check(list, r#""a""#, Value::Nested(br#""a""#));
        check(object, r#"{"a":1}"#, Value::Nested(br#"{"a":1}"#));
        check(object, r#""a""#, Value::Null);
        check(object, "5", Value::Null);
    }
}
