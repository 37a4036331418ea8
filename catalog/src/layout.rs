//! Where a log type's objects lie in a bucket, and how Athena finds its way from a day to a folder.

use std::borrow::Cow;

use crate::column::Column;
use crate::log::Resource;
use crate::region::Partition;
use crate::shown::shown;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The narrowest folder that never changes, below the prefix: with `{account}`, `{region}` and `{name}`, ending in `/`.
    /// For global resources the region is the word `cloudfront`.
    pub folder: Cow<'static, str>,
    /// The folders below it, with `${..}` for each key, such as `${region}/${day}`; empty where files lie side by side.
    pub below: Cow<'static, str>,
    /// The keys of folders that stand for something else than a time, or for a part of one.
    pub keys: Cow<'static, [Key]>,
    /// None where there are no dated folders.
    pub projection: Option<Projection>,
    /// None where the folder is this log's alone.
    pub shared: Option<Shared>,
}

/// How a log's own files and rows are told from those of others in the same folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// What the files' names begin with: with `{account}`, `{region}`, `{name}` and `{id}`, which is what the resource's ARN
    /// ends in.
    pub files: &'static str,
    /// How they go on, as a regular expression.
    pub rest: &'static str,
    /// The columns that tell whose a record is, or of which kind, where the files' names do not. A member of a struct has a dot
    /// before it.
    pub columns: &'static [(&'static str, Held)],
}

/// What a column holds in the records of one log, and in no others of its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// This, with the same variables and with `{arn}`.
    Value(&'static str),
    /// The same, but some records lack the field.
    ValueOrNothing(&'static str),
    /// Something: other logs do not have that field.
    Anything,
}

/// A partition key whose values are no times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub column: Column,
    pub values: Values,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// The regions of the partition.
    Regions,
    /// Too many to list: every query has to name the one it is about.
    Injected,
    /// Whole numbers, written with this many digits at least.
    Numbers { from: u16, to: u16, digits: u8 },
}

/// Partition projection over dated folders: no partition is ever added by hand, and a query for a day lists that day only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    pub key: Column,
    /// Of the key's values, which are the dated folders' names, in Java's notation.
    pub format: &'static str,
    /// The first day to look for, in that format.
    pub since: &'static str,
    /// `DAYS`, `HOURS` or `MINUTES`: the step from one folder to the next.
    pub unit: &'static str,
}

impl Layout {
    /// Files side by side, whatever their time.
    pub(crate) const fn flat(folder: &'static str) -> Self {
        Self {
            folder: Cow::Borrowed(folder),
            below: Cow::Borrowed(""),
            keys: Cow::Borrowed(&[]),
            projection: None,
            shared: None,
        }
    }

    /// One folder for each time, which `below` names.
    pub(crate) const fn dated(
        folder: &'static str,
        below: &'static str,
        projection: Projection,
    ) -> Self {
        Self {
            folder: Cow::Borrowed(folder),
            below: Cow::Borrowed(below),
            keys: Cow::Borrowed(&[]),
            projection: Some(projection),
            shared: None,
        }
    }

    /// The same, in folders that hold files of others, too.
    pub(crate) const fn shared(mut self, shared: Shared) -> Self {
        self.shared = Some(shared);
        self
    }

    pub(crate) fn folder_of(&self, resource: &Resource) -> String {
        filled(&self.folder, resource, str::to_owned)
    }

    /// In the order of their folders.
    pub fn partition_keys(&self) -> impl Iterator<Item = &Column> {
        let keys = self.keys.iter().map(|key| &key.column);
        keys.chain(self.projection.iter().map(|dated| &dated.key))
    }

    /// The table parameters that say all this to Athena. `start` is a user's own, if it can be one.
    pub(crate) fn parameters(
        &self,
        location: &str,
        partition: Partition,
        start: Option<&str>,
    ) -> Vec<(String, String)> {
        if self.partition_keys().next().is_none() {
            return Vec::new();
        }
        let template = format!("{location}{}", self.below);
        let fixed = [
            ("projection.enabled".to_owned(), "true".to_owned()),
            ("storage.location.template".to_owned(), template),
        ];
        let keys = self.keys.iter().flat_map(|key| key.parameters(partition));
        let dated = self.projection.iter();
        let dated = dated.flat_map(|projection| projection.parameters(start));
        fixed.into_iter().chain(keys).chain(dated).collect()
    }
}

/// The template with what the resource is called, each as `written`.
pub(crate) fn filled(
    template: &str,
    resource: &Resource,
    written: impl Fn(&str) -> String,
) -> String {
    let region = if resource.global {
        "cloudfront"
    } else {
        &resource.region
    };
    let id = resource.arn.rsplit('/').next().unwrap_or_default();
    [
        ("{account}", resource.account.as_str()),
        ("{region}", region),
        ("{arn}", &resource.arn),
        ("{id}", id),
        ("{name}", &resource.name),
    ]
    .into_iter()
    .fold(template.to_owned(), |text, (place, value)| {
        text.replace(place, &written(value))
    })
}

impl Key {
    fn parameters(&self, partition: Partition) -> Vec<(String, String)> {
        let of_key = |setting: &str| format!("projection.{}.{setting}", self.column.name);
        match self.values {
            Values::Regions => vec![
                (of_key("type"), "enum".to_owned()),
                (of_key("values"), partition.regions().join(",")),
            ],
            Values::Injected => vec![(of_key("type"), "injected".to_owned())],
            Values::Numbers { from, to, digits } => vec![
                (of_key("type"), "integer".to_owned()),
                (of_key("range"), format!("{from},{to}")),
                (of_key("digits"), digits.to_string()),
            ],
        }
    }
}

impl Projection {
    fn parameters(&self, start: Option<&str>) -> [(String, String); 5] {
        let since = start.and_then(|start| self.start(start).ok());
        let since = since.unwrap_or_else(|| self.since.to_owned());
        let of_key = |setting: &str| format!("projection.{}.{setting}", self.key.name);
        [
            (of_key("type"), "date".to_owned()),
            (of_key("format"), self.format.to_owned()),
            (of_key("range"), format!("{since},NOW")),
            (of_key("interval"), "1".to_owned()),
            (of_key("interval.unit"), self.unit.to_owned()),
        ]
    }

    /// A start as people write it, in this projection's format: a day, a day with its hour and perhaps minute, or a time before now
    /// in Athena's words. The error is a sentence that says what would be right.
    pub(crate) fn start(&self, text: &str) -> Result<String, String> {
        if is_relative(text) {
            return Ok(text.to_owned());
        }
        let wrong = || {
            format!(
                "{} is no time to start from. Write a day, such as 2024/01/31, or how far to go back, such as NOW-90DAYS.",
                shown(text)
            )
        };
        let number = |(index, text)| number(text, if index == 0 { 4 } else { 2 });
        let parts = text.split(['/', '-']).enumerate();
        let numbers: Option<Vec<u32>> = parts.map(number).collect();
        let (year, month, day, hour, minute) = match numbers.as_deref() {
            Some(&[year, month, day]) => (year, month, day, 0, 0),
            Some(&[year, month, day, hour]) => (year, month, day, hour, 0),
            Some(&[year, month, day, hour, minute]) => (year, month, day, hour, minute),
            _ => return Err(wrong()),
        };
        if !is_day(year, month, day) || hour > 23 || minute > 59 {
            return Err(wrong());
        }
        let parts = [
            ("yyyy", year),
            ("MM", month),
            ("dd", day),
            ("HH", hour),
            ("mm", minute),
        ];
        let written = |format: String, (part, value): (&str, u32)| {
            format.replace(part, &format!("{value:02}"))
        };
        Ok(parts.into_iter().fold(self.format.to_owned(), written))
    }
}

/// `NOW-` and a number of something, without spaces.
fn is_relative(text: &str) -> bool {
    const UNITS: [&str; 6] = ["YEARS", "MONTHS", "WEEKS", "DAYS", "HOURS", "MINUTES"];
    let back = text.strip_prefix("NOW-").unwrap_or_default();
    let unit = back.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = back.len() - unit.len();
    (1..=6).contains(&digits) && UNITS.contains(&unit)
}

fn number(text: &str, length: usize) -> Option<u32> {
    let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1_000..=9_999).contains(&year) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::string;

    fn check(format: &'static str, text: &str, expected: Option<&str>) {
        let projection = Projection {
            key: string("day", "A day."),
            format,
            since: "",
            unit: "DAYS",
        };
        assert_eq!(projection.start(text).ok().as_deref(), expected, "{text:?}");
    }

    #[test]
    fn starts_are_written_in_the_projections_format() {
        check("yyyy/MM/dd", "2024/02/29", Some("2024/02/29"));
        check("yyyy/MM/dd", "2024-01-31", Some("2024/01/31"));
        check("yyyy/MM/dd/HH/mm", "2024-01-31", Some("2024/01/31/00/00"));
        check(
            "yyyy/MM/dd/HH/mm",
            "2024/01/31/23/55",
            Some("2024/01/31/23/55"),
        );
        check("yyyy/MM/dd", "2024/01/31/23/55", Some("2024/01/31"));
        check("yyyy/MM/dd/HH", "2024-01-31", Some("2024/01/31/00"));
        check("yyyy/MM/dd/HH", "2024/01/31/23", Some("2024/01/31/23"));
        check("yyyy/MM/dd/HH", "2024/01/31/23/55", Some("2024/01/31/23"));
        check(
            "yyyy/MM/dd/HH/mm",
            "2024/01/31/23",
            Some("2024/01/31/23/00"),
        );
        check("yyyy/MM/dd", "NOW-3YEARS", Some("NOW-3YEARS"));
    }

    #[test]
    fn what_is_no_time_is_no_start() {
        for text in [
            "",
            "2024",
            "2024/1/31",
            "2024/0001/0031",
            "2023/02/29",
            "2024/13/01",
            "2024/00/10",
            "2024/01/31/24",
            "2024/01/31/24/00",
            "24/01/31",
            "0000/01/01",
            "NOW",
            "NOW-",
            "NOW-DAYS",
            "NOW-3",
            "NOW+3DAYS",
            "NOW-3days",
            "NOW-3DAYS,NOW",
            "2024/01/31,NOW",
            "+024/01/31",
            "NOW-9999999DAYS",
        ] {
            check("yyyy/MM/dd", text, None);
        }
    }
}
