//! Where a stream puts its files: in folders by the time of delivery, unless its prefix says otherwise.

use std::borrow::Cow;

use crate::column::{Column, string};
use crate::destination::Destination;
use crate::intent::Delivery;
use crate::layout::{Key, Layout, Projection, Values};
use crate::look_up::text;
use serde_json::Value;

const MINUTE: Column = string(
    "minute",
    "Minute of arrival at the stream (UTC) as yyyy/MM/dd/HH/mm; bound it in every query.",
);
const HOUR: Column = string(
    "hour",
    "Hour of arrival at the stream (UTC) as yyyy/MM/dd/HH; bound it in every query to read those hours' folders only.",
);
const DAY: Column = string(
    "day",
    "Day of arrival at the stream (UTC), as its folders are named; name it in every query to read that day's only.",
);

/// What a table may have for a partition key, for those who would give a column that name.
pub(crate) const KEYS: &[Key] = &[key(MINUTE), key(HOUR), key(DAY)];

const fn key(column: Column) -> Key {
    Key {
        column,
        values: Values::Injected,
    }
}

/// What a prefix without a time is followed by, as Firehose has it.
const USUAL: &str = "!{timestamp:yyyy/MM/dd/HH}/";

const PROJECTIONS: [Projection; 4] = [
    dated(HOUR, "yyyy/MM/dd/HH", "2018/08/01/00", "HOURS"),
    dated(DAY, "yyyy/MM/dd", "2018/08/01", "DAYS"),
    dated(DAY, "yyyy-MM-dd", "2018-08-01", "DAYS"),
    dated(MINUTE, "yyyy/MM/dd/HH/mm", "2018/08/01/00/00", "MINUTES"),
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
    let utc = matches!(text(s3, "/CustomTimeZone"), "" | "UTC");
    let projection = projection(changing).filter(|_| utc);
    let (folder, file) = fixed
        .rsplit_once('/')
        .map_or(("", fixed), |(folder, file)| {
            (fixed.get(..=folder.len()).unwrap_or_default(), file)
        });
    // The whole prefix, since the part behind the last slash is in the table's folders as well.
    Destination::verbatim(bucket, fixed)?;
    let layout = match projection {
        Some(projection) => Layout {
            below: Cow::Owned(format!("{file}${{{}}}", projection.key.name)),
            projection: Some(projection),
            ..Layout::flat("")
        },
        None if folder.is_empty() => {
            return Err(
                "Its Firehose stream names folders by something else than a time in UTC, with no folder around them. Let the \
                 stream's prefix begin with one, such as logs/, to have a table made."
                    .to_owned(),
            );
        }
        None => Layout::flat(""),
    };
    Ok(Delivery {
        destination: Destination::verbatim(bucket, folder)?,
        layout: Some(layout),
        format: None,
    })
}

/// Of the part of a prefix that changes, where it is nothing but times that together are one that Athena can count.
fn projection(changing: &str) -> Option<Projection> {
    let (mut format, mut rest) = (String::new(), changing);
    while !rest.is_empty() {
        rest = match rest.strip_prefix("!{timestamp:") {
            Some(time) => {
                let (time, rest) = time.split_once('}')?;
                format += time;
                rest
            }
            None => {
                let between = rest.chars().next().filter(|c| matches!(c, '/' | '-'))?;
                format.push(between);
                rest.strip_prefix(between)?
            }
        };
    }
    let format = format.strip_suffix('/')?;
    PROJECTIONS.into_iter().find(|known| known.format == format)
}
