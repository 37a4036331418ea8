//! `Dynamic` as msgpack, Terraform's encoding on the wire. Decoding survives anything.

use std::collections::BTreeMap;

use rmp::Marker;
use rmp::decode;
use rmp::encode;

use super::{Dynamic, MAX_DEPTH, Number};

/// Why bytes are no Terraform value.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("the message ends too early")]
    Short,
    #[error("there are bytes after the value")]
    Trailing,
    #[error("the value is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    #[error("a text is not UTF-8")]
    NotText,
    #[error("a number is not finite")]
    NotFinite,
    #[error("it holds {0}, which Terraform never sends")]
    Unexpected(&'static str),
}

/// Terraform's unknown: a one byte extension of type 0.
const UNKNOWN: [u8; 3] = [0xd4, 0, 0];

pub(crate) fn decode(mut bytes: &[u8]) -> Result<Dynamic, Malformed> {
    let value = read(&mut bytes, MAX_DEPTH)?;
    if bytes.is_empty() {
        Ok(value)
    } else {
        Err(Malformed::Trailing)
    }
}

pub(crate) fn encode(value: &Dynamic) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes, value);
    bytes
}

fn read(bytes: &mut &[u8], depth: usize) -> Result<Dynamic, Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed::TooDeep)?;
    let mut ahead = *bytes;
    let marker = decode::read_marker(&mut ahead).map_err(|_| Malformed::Short)?;
    match marker {
        Marker::Null => take(bytes, 1).map(|_| Dynamic::Null),
        Marker::True => take(bytes, 1).map(|_| Dynamic::Bool(true)),
        Marker::False => take(bytes, 1).map(|_| Dynamic::Bool(false)),
        Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32 => {
            read_text(bytes).map(Dynamic::String)
        }
        Marker::FixArray(_) | Marker::Array16 | Marker::Array32 => read_list(bytes, depth),
        Marker::FixMap(_) | Marker::Map16 | Marker::Map32 => read_map(bytes, depth),
        Marker::F32 => read_float(decode::read_f32(bytes).map(f64::from).ok()),
        Marker::F64 => read_float(decode::read_f64(bytes).ok()),
        Marker::U64 => decode::read_u64(bytes)
            .map(Number::from)
            .map(Dynamic::Number)
            .map_err(|_| Malformed::Short),
        Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => Err(Malformed::Unexpected("binary data")),
        Marker::Reserved => Err(Malformed::Unexpected("a reserved byte")),
        Marker::FixExt1
        | Marker::FixExt2
        | Marker::FixExt4
        | Marker::FixExt8
        | Marker::FixExt16 => read_unknown(bytes),
        Marker::Ext8 | Marker::Ext16 | Marker::Ext32 => read_unknown(bytes),
        _ => decode::read_int::<i64, _>(bytes)
            .map(|n| Dynamic::Number(n.into()))
            .map_err(|_| Malformed::Short),
    }
}

/// Any extension is an unknown; what Terraform says about its range is not needed.
fn read_unknown(bytes: &mut &[u8]) -> Result<Dynamic, Malformed> {
    let meta = decode::read_ext_meta(bytes).map_err(|_| Malformed::Short)?;
    take(bytes, meta.size as usize).map(|_| Dynamic::Unknown)
}

fn read_float(value: Option<f64>) -> Result<Dynamic, Malformed> {
    let number = Number::from_f64_exact(value.ok_or(Malformed::Short)?);
    number.map(Dynamic::Number).ok_or(Malformed::NotFinite)
}

fn read_text(bytes: &mut &[u8]) -> Result<String, Malformed> {
    let length = decode::read_str_len(bytes)
        .map_err(|_| Malformed::Unexpected("a key that is not a string"))?;
    let text = take(bytes, length as usize)?;
    std::str::from_utf8(text)
        .map(str::to_owned)
        .map_err(|_| Malformed::NotText)
}

/// Lists and maps grow as they are read: an announced length is only a claim.
fn read_list(bytes: &mut &[u8], depth: usize) -> Result<Dynamic, Malformed> {
    let length = decode::read_array_len(bytes).map_err(|_| Malformed::Short)?;
    (0..length)
        .map(|_| read(bytes, depth))
        .collect::<Result<_, _>>()
        .map(Dynamic::List)
}

fn read_map(bytes: &mut &[u8], depth: usize) -> Result<Dynamic, Malformed> {
    let length = decode::read_map_len(bytes).map_err(|_| Malformed::Short)?;
    let entry = |_| Ok((read_text(bytes)?, read(bytes, depth)?));
    (0..length)
        .map(entry)
        .collect::<Result<BTreeMap<_, _>, _>>()
        .map(Dynamic::Map)
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8], Malformed> {
    let (head, tail) = bytes.split_at_checked(length).ok_or(Malformed::Short)?;
    *bytes = tail;
    Ok(head)
}

fn write(out: &mut Vec<u8>, value: &Dynamic) {
    match value {
        Dynamic::Unknown => out.extend(UNKNOWN),
        Dynamic::Null => out.push(Marker::Null.to_u8()),
        Dynamic::Bool(false) => out.push(Marker::False.to_u8()),
        Dynamic::Bool(true) => out.push(Marker::True.to_u8()),
        Dynamic::Number(number) => match number.as_i64() {
            Some(value) => sure(encode::write_sint(out, value)),
            None => sure(encode::write_str(out, number.as_str())),
        },
        Dynamic::String(text) => sure(encode::write_str(out, text)),
        Dynamic::List(items) => {
            sure(encode::write_array_len(out, length(items.len())));
            items.iter().for_each(|item| write(out, item));
        }
        Dynamic::Map(entries) => {
            sure(encode::write_map_len(out, length(entries.len())));
            for (key, value) in entries {
                sure(encode::write_str(out, key));
                write(out, value);
            }
        }
    }
}

/// Writing to memory cannot fail.
fn sure<T, E>(_: Result<T, E>) {}

/// More than four billion elements do not fit into memory, let alone a message.
fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<Dynamic, Malformed>) {
        assert_eq!(decode(bytes), expected, "{bytes:02x?}");
    }

    #[test]
    fn terraforms_encodings_are_understood() {
        check(&[0xc0], Ok(Dynamic::Null));
        check(&[0xd4, 0, 0], Ok(Dynamic::Unknown));
        check(&[0xc7, 3, 12, 0x81, 1, 0xc2], Ok(Dynamic::Unknown));
        check(&[0xff], Ok(Dynamic::from(-1)));
        check(
            &[0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            Ok(Dynamic::Number(u64::MAX.into())),
        );
        check(
            &[0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0],
            Ok(Dynamic::Number(Number::parse("0.5").unwrap())),
        );
        check(&[0x91, 0xa1, b'x'], Ok(Dynamic::List(vec!["x".into()])));
        check(
            &[0x81, 0xa1, b'x', 0xc3],
            Ok(Dynamic::Map([("x".to_owned(), true.into())].into())),
        );
    }

    #[test]
    fn hostile_bytes_are_errors() {
        check(&[], Err(Malformed::Short));
        check(&[0xc0, 0xc0], Err(Malformed::Trailing));
        check(&[0xdb, 0xff, 0xff, 0xff, 0xff], Err(Malformed::Short));
        check(&[0xdd, 0xff, 0xff, 0xff, 0xff], Err(Malformed::Short));
        check(
            &[0xdf, 0xff, 0xff, 0xff, 0xff, 0xa1, b'x'],
            Err(Malformed::Short),
        );
        check(&[0xc9, 0xff, 0xff, 0xff, 0xff, 0], Err(Malformed::Short));
        check(&[0xa1, 0xff], Err(Malformed::NotText));
        check(
            &[0x81, 0x01, 0x01],
            Err(Malformed::Unexpected("a key that is not a string")),
        );
        check(
            &[0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
            Err(Malformed::NotFinite),
        );
        check(&[0x91; 100_000], Err(Malformed::TooDeep));
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                let _ = decode(&[first, second, 0x91, 0xa1]);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut values: Vec<_> = [0, -1, 127, -129, i64::MIN, i64::MAX]
            .map(Dynamic::from)
            .into();
        values.extend([
            Dynamic::Unknown,
            Dynamic::Null,
            true.into(),
            "".into(),
            "é".repeat(40_000).as_str().into(),
        ]);
        let all = Dynamic::Map([("list".to_owned(), Dynamic::List(values))].into());
        assert!(decode(&encode(&all)) == Ok(all));
    }

    #[test]
    fn other_numbers_are_written_as_text() {
        for text in ["18446744073709551615", "0.1", "-1e999"] {
            let number = Dynamic::Number(Number::parse(text).unwrap());
            assert!(decode(&encode(&number)) == Ok(text.into()), "{text}");
        }
    }
}
