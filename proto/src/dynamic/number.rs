//! Numbers as exact decimal text: Terraform computes with 512 bits, so neither integers nor floats
//! are enough.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact number. Equal numbers are equal texts, whichever way they were written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(String);

/// Longer numbers are kept in scientific notation, so that `1e999999999` stays as short as it came.
const MAX_PLAIN: i64 = 400;

impl Number {
    /// Reads a decimal number such as `-12`, `0.1` or `6.02e23`.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let scale = i64::from(exponent).checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Some(Self(canonical(negative, &digits, scale)))
    }

    /// The exact value of a float; none if it is not finite.
    pub fn from_f64_exact(value: f64) -> Option<Self> {
        // 1,074 digits after the point are enough for the smallest float.
        value
            .is_finite()
            .then(|| Self::parse(&format!("{value:.1074}")))
            .flatten()
    }

    /// The shortest text that reads back as this float: what a person means by `0.1`.
    pub fn from_f64(value: f64) -> Option<Self> {
        value
            .is_finite()
            .then(|| Self::parse(&value.to_string()))
            .flatten()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// The nearest float; none if it is too large for one.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.is_finite())
    }
}

/// `digits` times ten to the power of `scale`, without needless zeros.
fn canonical(negative: bool, digits: &str, scale: i64) -> String {
    let significant = digits.trim_start_matches('0');
    let trimmed = significant.trim_end_matches('0');
    if trimmed.is_empty() {
        return "0".to_owned();
    }
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let scale = scale.saturating_add(length(significant) - length(trimmed));
    // How many digits stand before the point.
    let point = length(trimmed).saturating_add(scale);
    let sign = if negative { "-" } else { "" };
    match (usize::try_from(scale), usize::try_from(point)) {
        _ if point.abs() > MAX_PLAIN => format!("{sign}{trimmed}e{scale}"),
        (Ok(zeros), _) => format!("{sign}{trimmed}{}", "0".repeat(zeros)),
        (_, Ok(point)) if point > 0 => {
            let (whole, fraction) = trimmed.split_at(point);
            format!("{sign}{whole}.{fraction}")
        }
        _ => format!(
            "{sign}0.{}{trimmed}",
            "0".repeat(usize::try_from(-point).unwrap_or(0))
        ),
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(value.to_string())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name under which our serializer and deserializer recognise a number.
pub(super) const NAME: &str = "$tfplugin::Number";

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, super::de::NumberVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let number = Number::parse(text);
        assert_eq!(number.as_ref().map(Number::as_str), expected, "{text}");
        if let Some(number) = number {
            assert_eq!(
                Number::parse(number.as_str()).as_ref(),
                Some(&number),
                "{text} is canonical"
            );
        }
    }

    #[test]
    fn every_way_to_write_a_number_is_one_text() {
        check("0", Some("0"));
        check("-0.00", Some("0"));
        check("007", Some("7"));
        check("100", Some("100"));
        check("1e2", Some("100"));
        check("0.10", Some("0.1"));
        check("1.50e-3", Some("0.0015"));
        check("-12.5", Some("-12.5"));
        check("9223372036854775808", Some("9223372036854775808"));
        check("1e999999999", Some("1e999999999"));
        check("10e999999998", Some("1e999999999"));
        check("1e-999999999", Some("1e-999999999"));
        for wrong in [
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1e99999999999",
            "0x1",
            "NaN",
            "inf",
            "1 ",
            "--1",
            "1.2.3",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn floats_are_exact_or_shortest_as_asked() {
        assert_eq!(
            Number::from_f64(0.1).map(|n| n.to_string()).as_deref(),
            Some("0.1")
        );
        assert!(
            Number::from_f64_exact(0.1)
                .is_some_and(|n| n.as_str().starts_with("0.1000000000000000055"))
        );
        assert_eq!(Number::from_f64_exact(0.5), Number::parse("0.5"));
        assert_eq!(Number::from_f64(f64::NAN), None);
        assert_eq!(Number::parse("1e400").and_then(|n| n.as_f64()), None);
    }
}
