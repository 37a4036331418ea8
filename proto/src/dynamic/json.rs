//! `Dynamic` from JSON, the encoding of stored state. Numbers keep every digit, which
//! `serde_json::Value` would lose.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{Dynamic, MAX_DEPTH, Number};

pub(crate) fn decode(bytes: &[u8]) -> Result<Dynamic, String> {
    let raw: &RawValue = serde_json::from_slice(bytes).map_err(|error| place(&error))?;
    read(raw, MAX_DEPTH)
}

/// One level at a time: the first character tells what to expect.
fn read(raw: &RawValue, depth: usize) -> Result<Dynamic, String> {
    let depth = depth
        .checked_sub(1)
        .ok_or_else(|| format!("it is nested deeper than {MAX_DEPTH} levels"))?;
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'n') => Ok(Dynamic::Null),
        Some(b't') => Ok(Dynamic::Bool(true)),
        Some(b'f') => Ok(Dynamic::Bool(false)),
        Some(b'"') => parse(text).map(Dynamic::String),
        Some(b'[') => {
            let items: Vec<&RawValue> = parse(text)?;
            items
                .into_iter()
                .map(|item| read(item, depth))
                .collect::<Result<_, _>>()
                .map(Dynamic::List)
        }
        Some(b'{') => {
            let entries: BTreeMap<String, &RawValue> = parse(text)?;
            let entry = |(key, value)| Ok((key, read(value, depth)?));
            entries
                .into_iter()
                .map(entry)
                .collect::<Result<_, String>>()
                .map(Dynamic::Map)
        }
        _ => Number::parse(text)
            .map(Dynamic::Number)
            .ok_or_else(|| "it holds a number that cannot be read".to_owned()),
    }
}

fn parse<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| place(&error))
}

/// Says where, but never quotes: state holds secrets.
fn place(error: &serde_json::Error) -> String {
    format!(
        "it is not valid JSON (line {}, column {})",
        error.line(),
        error.column()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<Dynamic>) {
        assert_eq!(decode(json.as_bytes()).ok(), expected, "{json}");
    }

    #[test]
    fn json_keeps_every_digit() {
        let number = |text| Dynamic::Number(Number::parse(text).unwrap());
        check(
            "12345678901234567890.125",
            Some(number("12345678901234567890.125")),
        );
        check(r#" {"a": [1, null, true, "\u00e9"]} "#, {
            let list = Dynamic::List(vec![1.into(), Dynamic::Null, true.into(), "é".into()]);
            Some(Dynamic::Map([("a".to_owned(), list)].into()))
        });
    }

    #[test]
    fn hostile_json_is_an_error() {
        for json in [
            "",
            "{",
            "[1,]",
            "nul",
            "1e99999999999999999999",
            r#""\ud800""#,
            "[1] 2",
        ] {
            check(json, None);
        }
        check(&"[".repeat(100_000), None);
        check(&format!("{}{}", "[".repeat(100), "]".repeat(100)), None);
        assert_eq!(decode(&[b'"', 0xff, b'"']).ok(), None);
    }
}
