//! Days and moments, as numbers: days and microseconds since 1970, in UTC.

use crate::column::Time;
use crate::cursor::Cursor;
use crate::number::integer;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// `2026-03-03`, as Hive reads it: month and day may have one digit, and the 30th of February is the 2nd of March.
pub(crate) fn days(text: &[u8]) -> Option<i32> {
    let mut cursor = Cursor::new(text);
    let days = date(&mut cursor)?;
    cursor.is_done().then_some(days)
}

impl Time {
    /// Microseconds since 1970, or nothing where this is no such moment.
    pub(crate) fn micros(self, text: &[u8]) -> Option<i64> {
        match self {
            Self::Iso => whole(text, iso),
            Self::Clf => whole(text, clf),
            Self::Epoch => whole(text, epoch),
            Self::Seconds => integer(text)?.checked_mul(SECOND),
            Self::Millis => integer(text)?.checked_mul(1_000),
        }
    }
}

fn whole(text: &[u8], read: impl Fn(&mut Cursor) -> Option<i64>) -> Option<i64> {
    let mut cursor = Cursor::new(text);
    let micros = read(&mut cursor)?;
    cursor.is_done().then_some(micros)
}

fn iso(cursor: &mut Cursor) -> Option<i64> {
    let days = date(cursor)?;
    cursor.eat(b"T").or_else(|| cursor.eat(b" "))?;
    let of_day = clock(cursor)? + fraction(cursor);
    let zone = match cursor.eat(b"Z") {
        Some(()) => 0,
        None if cursor.is_done() => 0,
        None => zone(cursor)?,
    };
    Some(i64::from(days) * DAY + of_day - zone)
}

fn clf(cursor: &mut Cursor) -> Option<i64> {
    let day = digits(cursor, 2, 2)?;
    cursor.eat(b"/")?;
    let name = MONTHS.iter().zip(1..);
    let month = name
        .into_iter()
        .find_map(|(name, month)| cursor.eat(name).map(|()| month))?;
    cursor.eat(b"/")?;
    let year = digits(cursor, 4, 4)?;
    cursor.eat(b":")?;
    let of_day = clock(cursor)?;
    cursor.eat(b" ")?;
    let zone = zone(cursor)?;
    Some(i64::from(civil(year, month, day)?) * DAY + of_day - zone)
}

fn epoch(cursor: &mut Cursor) -> Option<i64> {
    let negative = cursor.eat(b"-").is_some();
    let seconds = digits(cursor, 1, 12)?;
    let micros = seconds * SECOND + fraction(cursor);
    Some(if negative { -micros } else { micros })
}

fn date(cursor: &mut Cursor) -> Option<i32> {
    let year = digits(cursor, 4, 4)?;
    cursor.eat(b"-")?;
    let month = digits(cursor, 1, 2)?;
    cursor.eat(b"-")?;
    civil(year, month, digits(cursor, 1, 2)?)
}

/// `03:03:03`, and 60 in a leap second.
fn clock(cursor: &mut Cursor) -> Option<i64> {
    let hour = digits(cursor, 2, 2).filter(|hour| *hour < 24)?;
    cursor.eat(b":")?;
    let minute = digits(cursor, 2, 2).filter(|minute| *minute < 60)?;
    cursor.eat(b":")?;
    let second = digits(cursor, 2, 2).filter(|second| *second <= 60)?;
    Some(((hour * 60 + minute) * 60 + second) * SECOND)
}

/// Behind a point, and cut at the microsecond; nothing is zero.
fn fraction(cursor: &mut Cursor) -> i64 {
    let digits = cursor.attempt(|ahead| {
        ahead.eat(b".")?;
        let digits = ahead.take_while(|byte| byte.is_ascii_digit());
        (!digits.is_empty()).then_some(digits)
    });
    let digits = digits.unwrap_or_default();
    let padded = digits.iter().copied().chain(std::iter::repeat(b'0'));
    padded
        .take(6)
        .fold(0, |micros, digit| micros * 10 + i64::from(digit - b'0'))
}

/// `+0000` or `+00:00`.
fn zone(cursor: &mut Cursor) -> Option<i64> {
    let west = cursor.eat(b"+").is_none();
    if west {
        cursor.eat(b"-")?;
    }
    let hours = digits(cursor, 2, 2)?;
    cursor.eat(b":");
    let offset = (hours * 60 + digits(cursor, 2, 2)?) * 60 * SECOND;
    Some(if west { -offset } else { offset })
}

fn digits(cursor: &mut Cursor, least: usize, most: usize) -> Option<i64> {
    let ahead = cursor.rest().iter().take(most);
    let count = ahead.take_while(|byte| byte.is_ascii_digit()).count();
    let number = |value, digit: &u8| value * 10 + i64::from(digit - b'0');
    (count >= least).then(|| cursor.take(count).iter().fold(0, number))
}

/// Days since 1970 in the Gregorian calendar, counted in eras of 400 years that begin in March, so that the leap day is the
/// last of its year.
fn civil(year: i64, month: i64, day: i64) -> Option<i32> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    i32::try_from(era * 146_097 + days - 719_468).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_days(text: &str, expected: Option<i32>) {
        assert_eq!(days(text.as_bytes()), expected, "{text:?}");
    }

    #[test]
    fn dates_are_days() {
        check_days("1970-01-01", Some(0));
        check_days("1969-12-31", Some(-1));
        check_days("2000-02-29", Some(11_016));
        check_days("2026-03-03", Some(20_515));
        check_days("2026-3-3", Some(20_515));
        check_days("2026-02-30", Some(20_514));
        check_days("9999-12-31", Some(2_932_896));
        for text in [
            "",
            "2026-13-01",
            "2026-00-10",
            "2026-01-32",
            "2026-01-00",
            "26-03-03",
            "2026-03-03x",
            " 2026-03-03",
            "2026-03-003",
            "10000-01-01",
            "2026/03/03",
        ] {
            check_days(text, None);
        }
    }

    fn check(time: Time, text: &str, expected: Option<i64>) {
        assert_eq!(time.micros(text.as_bytes()), expected, "{text:?}");
    }

    #[test]
    fn moments_are_microseconds_however_they_are_written() {
        let seconds = 1_772_506_983;
        let micros = Some(seconds * SECOND);
        for text in [
            "2026-03-03T03:03:03Z",
            "2026-03-03T03:03:03",
            "2026-03-03 03:03:03.000",
            "2026-03-03T05:03:03+0200",
            "2026-03-02T22:03:03.0000009-05:00",
        ] {
            check(Time::Iso, text, micros);
        }
        let half = Some(seconds * SECOND + 30_303);
        check(Time::Iso, "2026-03-03T03:03:03.030303Z", half);
        check(Time::Iso, "2026-03-03T03:03:03.030303+0000", half);
        check(Time::Clf, "03/Mar/2026:03:03:03 +0000", micros);
        check(Time::Epoch, "1772506983", micros);
        check(Time::Epoch, "1772506983.030303", half);
        check(Time::Seconds, "1772506983", micros);
        check(Time::Millis, "1772506983000", micros);
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "-",
            "2026-03-03",
            "2026-03-03T24:00:00Z",
            "2026-03-03T03:03:03.Z",
            "2026-03-03T03:03:03ZZ",
        ] {
            check(Time::Iso, text, None);
        }
        for text in [
            "",
            "-",
            "03/Mrz/2026:03:03:03 +0000",
            "03/Mar/2026:03:03:03",
            "3/Mar/2026:03:03:03 +0000",
        ] {
            check(Time::Clf, text, None);
        }
        check(Time::Epoch, "-", None);
        check(Time::Seconds, "9223372036854775807", None);
        check(Time::Millis, "9223372036854775807", None);
    }
}
