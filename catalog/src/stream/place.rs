//! Where a stream puts its files: in folders by the time of delivery, unless its prefix says otherwise.

use std::borrow::Cow;

use crate::calendar;
use crate::column::{Column, string};
use crate::destination::Destination;
use crate::intent::Delivery;
use crate::layout::{Key, Layout, Projection};
use crate::look_up::text;
use serde_json::Value;

const HOUR: Column = string(
    "hour",
    "Hour of arrival at the stream (UTC) as yyyy/MM/dd/HH; bound it in every query to read those hours' folders only.",
);
const DAY: Column = string(
    "day",
    "Day of arrival at the stream (UTC), as its folders are named; name it in every query to read that day's only.",
);

/// The parts of a time that may have a folder each, as Hive likes them.
const PARTS: [Key; 4] = calendar::parts(2018);
const VARIABLES: [&str; 4] = ["yyyy", "MM", "dd", "HH"];

/// Every name that a key may have: no column that a user adds can have it.
pub(crate) const KEYS: &[Key] = &PARTS;

/// What a prefix without a time is followed by, as Firehose has it.
const USUAL: &str = "!{timestamp:yyyy/MM/dd/HH}/";

const PROJECTIONS: [Projection; 3] = [
    dated(HOUR, "yyyy/MM/dd/HH", "2018/08/01/00", "HOURS"),
    dated(DAY, "yyyy/MM/dd", "2018/08/01", "DAYS"),
    dated(DAY, "yyyy-MM-dd", "2018-08-01", "DAYS"),
];

const fn dated(
    key: Column,
    format: &'static str,
    since: &'static str,
    unit: &'static str,
) -> Projection {
    Projection {
        key,
        format,
        since,
        unit,
    }
}

/// The error is a sentence that says why no table can point there.
pub(super) fn of(s3: &Value) -> Result<Delivery, String> {
    let bucket = text(s3, "/BucketARN")
        .rsplit(':')
        .next()
        .unwrap_or_default();
    let prefix = text(s3, "/Prefix");
    let (fixed, changing) = match prefix.find("!{") {
        Some(place) => prefix.split_at(place),
        None => (prefix, USUAL),
    };
    // The whole of it, since what is behind its last slash is a part of the table's folders.
    Destination::verbatim(bucket, fixed)?;
    let folder = fixed.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, file) = fixed.split_at(folder);
    let utc = matches!(text(s3, "/CustomTimeZone"), "" | "UTC");
    let dated = dated_by_one(file, changing).or_else(|| dated_by_parts(file, changing));
    let layout = dated.filter(|_| utc);
    if layout.is_none() && folder.is_empty() {
        return Err(
            "Its Firehose stream names folders by something else than a time in UTC, with no folder around them. Let the \
             stream's prefix begin with one, such as logs/, to have a table made."
                .to_owned(),
        );
    }
    Ok(Delivery {
        destination: Destination::verbatim(bucket, folder)?,
        layout: Some(layout.unwrap_or_else(|| unknown(changing))),
        format: None,
    })
}

/// Folders that nobody can tell. Without a key they only say that files do not lie side by side.
fn unknown(changing: &str) -> Layout {
    Layout {
        below: Cow::Owned(changing.to_owned()),
        ..Layout::flat("")
    }
}

/// Folders that are nothing but times, which together are one that Athena can count.
fn dated_by_one(file: &str, changing: &str) -> Option<Layout> {
    let (mut format, mut rest) = (String::new(), changing);
    while !rest.is_empty() {
        let (between, time) = rest.split_once("!{timestamp:").unwrap_or((rest, "}"));
        if between.contains(|c| !matches!(c, '/' | '-')) {
            return None;
        }
        let (time, after) = time.split_once('}')?;
        format = format + between + time;
        rest = after;
    }
    let format = format.strip_suffix('/')?;
    let projection = PROJECTIONS
        .into_iter()
        .find(|known| known.format == format)?;
    Some(Layout {
        below: Cow::Owned(format!("{file}${{{}}}", projection.key.name)),
        projection: Some(projection),
        ..Layout::flat("")
    })
}

/// Folders with one part of a time in each, from the year on, whatever stands around it.
fn dated_by_parts(file: &str, changing: &str) -> Option<Layout> {
    let folders = changing
        .strip_suffix('/')
        .filter(|all| !all.contains('$'))?;
    let written = |folders: String, (variable, key): (&str, &Key)| {
        let name = &key.column.name;
        folders.replace(
            &format!("!{{timestamp:{variable}}}"),
            &format!("${{{name}}}"),
        )
    };
    let below = VARIABLES
        .into_iter()
        .zip(&PARTS)
        .fold(folders.to_owned(), written);
    let is_there = |key: &Key| below.contains(&format!("${{{}}}", key.column.name));
    let keys: Vec<_> = PARTS.into_iter().take_while(is_there).collect();
    let strange = |c: char| c.is_control() || matches!(c, '!' | '\\');
    if keys.is_empty()
        || below.matches('$').count() != keys.len()
        || below.contains(strange)
        || below.contains("//")
    {
        return None;
    }
    Some(Layout {
        below: Cow::Owned(format!("{file}{below}")),
        keys: Cow::Owned(keys),
        ..Layout::flat("")
    })
}
