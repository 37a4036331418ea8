//! Numbers as Hive finds them in a text.

/// A whole number. What stands behind a decimal point is cut off, as Hive and Athena do for fields of text and for JSON.
pub(crate) fn integer(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let mut value: i64 = 0;
    let mut rest = digits;
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        // Counted down, since there is one negative number more.
        value = value
            .checked_mul(10)?
            .checked_sub(i64::from(digit - b'0'))?;
        rest = behind;
    }
    let is_whole = match rest {
        [] => !digits.is_empty(),
        [b'.', fraction @ ..] => digits.len() > 1 && fraction.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    match (is_whole, negative) {
        (false, _) => None,
        (true, true) => Some(value),
        (true, false) => value.checked_neg(),
    }
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// Up to here, and up to the tenth power, a float is exact.
const FLOAT: u64 = 1 << 24;

/// A number that may have a fraction. One of at most fifteen digits, as all in logs are, takes one division, which rounds as
/// it should since both sides are exact.
pub(crate) fn double(text: &[u8]) -> Option<f64> {
    let divided = |short: Short| {
        let value = short.digits as f64 / POWERS.get(short.behind_point)?;
        Some(if short.negative { -value } else { value })
    };
    let quick = short(text).and_then(divided);
    quick.or_else(|| java_text(text)?.parse().ok())
}

/// The same in half the bits; rounded once, from the text.
pub(crate) fn float(text: &[u8]) -> Option<f32> {
    let divided = |short: Short| {
        let power = POWERS
            .get(short.behind_point)
            .filter(|power| **power <= 1e10)?;
        let value = short.digits as f32 / *power as f32;
        let exact = short.digits <= FLOAT;
        exact.then_some(if short.negative { -value } else { value })
    };
    let quick = short(text).and_then(divided);
    quick.or_else(|| java_text(text)?.parse().ok())
}

/// A number of at most fifteen digits, with a point somewhere.
struct Short {
    negative: bool,
    digits: u64,
    behind_point: usize,
}

fn short(text: &[u8]) -> Option<Short> {
    let (negative, number) = match text {
        [b'-', number @ ..] => (true, number),
        number => (false, number),
    };
    let (mut digits, mut count, mut point) = (0_u64, 0, None);
    for byte in number {
        match byte {
            b'0'..=b'9' => {
                digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                count += 1;
            }
            b'.' if point.is_none() => point = Some(count),
            _ => return None,
        }
    }
    (1..=15).contains(&count).then(|| Short {
        negative,
        digits,
        behind_point: count - point.unwrap_or(count),
    })
}

/// What Java's parser takes, as Rust's does: without spaces around it and the letter of its type behind it, and with its
/// own names for what is no finite number. Java's numbers to the base 16 are for nobody to write.
fn java_text(text: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(text).ok()?;
    let text = text.trim_matches(|c: char| c <= ' ');
    let number = text.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(text);
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, "NaN" | "Infinity") {
        return Some(text);
    }
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    number.chars().all(is_plain).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_integer(text: &str, expected: Option<i64>) {
        assert_eq!(integer(text.as_bytes()), expected, "{text:?}");
    }

    #[test]
    fn whole_numbers_are_cut_and_never_wrap() {
        for (text, expected) in [("5", 5), ("+5", 5), ("-5", -5), ("007", 7), ("-0", 0)] {
            check_integer(text, Some(expected));
        }
        for (text, expected) in [("1.5", 1), ("-1.9", -1), ("1.", 1), (".5", 0)] {
            check_integer(text, Some(expected));
        }
        check_integer("9223372036854775807", Some(i64::MAX));
        check_integer("-9223372036854775808", Some(i64::MIN));
        for text in [
            "",
            "-",
            "+",
            ".",
            "-.",
            "1.x",
            "1e3",
            " 5",
            "5 ",
            "x",
            "1.5.5",
            "9223372036854775808",
        ] {
            check_integer(text, None);
        }
    }

    fn check_double(text: &str, expected: Option<f64>) {
        let same = |found: Option<f64>| match (found, expected) {
            (Some(found), Some(expected)) => found.to_bits() == expected.to_bits(),
            (found, expected) => found.is_none() && expected.is_none(),
        };
        let found = double(text.as_bytes());
        assert!(same(found), "{text:?} is {found:?}, not {expected:?}");
    }

    #[test]
    fn fractions_are_what_java_makes_of_them() {
        for text in [
            "0.001", "-1", "0.10", "12.345", "1e-7", "1E400", "-0", ".5", "1.",
        ] {
            check_double(text, text.parse().ok());
        }
        for text in [
            "123456789012345",
            "1234567890.12345",
            "99999999999999999999.5",
        ] {
            check_double(text, text.parse().ok());
        }
        check_double(" 0.5 ", Some(0.5));
        check_double("1f", Some(1.0));
        check_double("NaN", Some(f64::NAN));
        check_double("-Infinity", Some(f64::NEG_INFINITY));
        for text in [
            "", "-", ".", "-.", "+", "inf", "nan", "infinity", "x", "1ff", "1 2", "1e",
        ] {
            check_double(text, None);
        }
    }

    #[test]
    fn floats_are_rounded_once() {
        for text in [
            "0.001",
            "12.345",
            "16777217",
            "0.1000000014901161193847656250001",
        ] {
            assert_eq!(float(text.as_bytes()), text.parse().ok(), "{text}");
        }
    }
}
