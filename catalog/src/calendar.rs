//! Partition keys for folders that are named by a part of a time each, such as `year=2026/month=03/`.

use crate::column::{Column, int};
use crate::layout::{Key, Values};

/// Year, month, day and hour, from the larger folder to the smaller. A query that names no year looks for every one.
pub(crate) const fn parts(since: u16) -> [Key; 4] {
    let year = int("year", "Year of the folder (UTC); name it in every query.");
    let month = int(
        "month",
        "Month of the folder (UTC), from 1; name it in every query.",
    );
    let day = int("day", "Day of the folder's month (UTC), from 1.");
    let hour = int("hour", "Hour of the folder (UTC), from 0.");
    [
        number(year, since, 2050, 4),
        number(month, 1, 12, 2),
        number(day, 1, 31, 2),
        number(hour, 0, 23, 2),
    ]
}

const fn number(column: Column, from: u16, to: u16, digits: u8) -> Key {
    Key {
        column,
        values: Values::Numbers { from, to, digits },
    }
}

/// What Java and folders call these parts.
pub(crate) const PARTS: [&str; 4] = [YEAR, "MM", "dd", HOUR];
pub(crate) const YEAR: &str = "yyyy";
pub(crate) const HOUR: &str = "HH";

/// Of a key of [`parts`], by the last of its numbers: no two have the same.
pub(crate) fn part(to: u16) -> &'static str {
    match to {
        12 => "MM",
        31 => "dd",
        23 => HOUR,
        _ => YEAR,
    }
}
