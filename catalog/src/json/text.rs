//! Texts of JSON without their escapes.

use crate::cursor::Cursor;

/// What a text means, given without its quotes. Half of a pair of surrogates is `?`, as it is to Hive.
pub(crate) fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut cursor = Cursor::new(text);
    loop {
        plain.extend_from_slice(cursor.take_to(b'\\'));
        cursor.take(1);
        match cursor.take(1) {
            [] => return plain,
            b"u" => push(&mut plain, character(&mut cursor)),
            [escaped] | [escaped, ..] => plain.push(control(*escaped)),
        }
    }
}

fn control(escaped: u8) -> u8 {
    match escaped {
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        itself => itself,
    }
}

fn push(plain: &mut Vec<u8>, character: char) {
    let mut buffer = [0; 4];
    plain.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
}

/// Behind `\u`.
fn character(cursor: &mut Cursor) -> char {
    let first = unit(cursor);
    let pair = |ahead: &mut Cursor| {
        ahead.eat(b"\\u")?;
        char::decode_utf16([first, unit(ahead)]).next()?.ok()
    };
    match first {
        0xD800..=0xDBFF => cursor.attempt(pair),
        _ => char::from_u32(first.into()),
    }
    .unwrap_or('?')
}

fn unit(cursor: &mut Cursor) -> u16 {
    let digits = cursor.take(4).iter();
    let value = |digit: &u8| char::from(*digit).to_digit(16).unwrap_or_default();
    digits.fold(0, |unit, digit| unit << 4 | value(digit) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let plain = unescaped(text.as_bytes());
        assert_eq!(String::from_utf8(plain).unwrap(), expected, "{text}");
    }

    #[test]
    fn escapes_are_undone() {
        check("", "");
        check("plain", "plain");
        check(r#"a\"b\\c\/d"#, r#"a"b\c/d"#);
        check(r"\b\f\n\r\t", "\u{8}\u{c}\n\r\t");
        check(r"\u00e9\u65E5", "é日");
        check(r"\ud83e\udd80!", "🦀!");
        check(r"\ud83e", "?");
        check(r"\ud83ex\udd80", "?x?");
        check(r"\ud83e\u0041", "?A");
    }

    /// Such are rejected before, and no reason to panic.
    #[test]
    fn what_is_cut_short_ends() {
        check(r"a\", "a");
        check(r"\u00", "\0");
        check(r"\u", "\0");
    }
}
