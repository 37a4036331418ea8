//! Where a log's newest files are, and what S3 is asked to look into one of them: so it is noticed that AWS writes something new.

mod own;
mod records;

use crate::bucket::API;
use crate::calendar;
use crate::column::Column;
use crate::intent::{Delivery, Intent, Wanted};
use crate::layout::{Layout, Shared, Values, filled};
use crate::log::Resource;
use crate::look_up::{LookUp, Request, many, text};
use crate::naming;
use records::Records;
use serde_json::Value;

pub use records::Sample;

/// The files of one log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// Of the table that reads them.
    pub database: String,
    pub table: String,
    bucket: String,
    /// What the keys of a day's files begin with, with `${yyyy}`, `${MM}` and `${dd}` for that day: no location has a `${`.
    begin: String,
    /// What the files' own names begin with.
    names: String,
    records: Records,
}

/// A file, and how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newest {
    pub key: String,
    pub size: usize,
}

const ACCOUNT: &str = "account";

/// The IAM actions that looking into files needs.
pub const SAMPLE_ACTIONS: &[&str] = &["s3:GetObject", "s3:ListBucket"];

impl Intent {
    /// None where there is no table, where files are for Hive alone, and where nobody can tell which of them are a day's.
    pub fn samples(&self) -> Option<Samples> {
        let Wanted::Table(delivery) = &self.wanted else {
            return None;
        };
        let log = &self.log;
        let layout = delivery.layout.as_ref().unwrap_or(&log.log_type.layout);
        let format = delivery.format.as_ref().unwrap_or(&log.log_type.format);
        let shared = layout.shared.as_ref();
        let location = delivery.destination.url(&layout.folder_of(&log.resource));
        let (bucket, folder) = location.strip_prefix("s3://")?.split_once('/')?;
        let names = names(layout, delivery, &log.resource);
        let below = match &*layout.below {
            "" => beside(shared?, &names)?,
            _ => dated(layout, &names, &log.resource)?,
        };
        Some(Samples {
            begin: format!("{folder}{below}"),
            bucket: bucket.to_owned(),
            records: Records::of(format, &log.schema, shared, &log.resource)?,
            names,
            database: log.database(),
            table: match shared {
                Some(_) => naming::below_view(&log.table_name()),
                None => log.table_name(),
            },
        })
    }
}

fn names(layout: &Layout, delivery: &Delivery, resource: &Resource) -> String {
    let files = layout.shared.as_ref().map_or("", |shared| shared.files);
    let before = match &*layout.folder {
        "" => delivery.destination.files_begin(),
        _ => "",
    };
    format!("{before}{}", filled(files, resource, str::to_owned))
}

/// Where files lie side by side, their names go on with the day; the first digit of its year may be there already.
fn beside(shared: &Shared, names: &str) -> Option<String> {
    let fixed = shared.files.trim_end_matches(|c: char| c.is_ascii_digit());
    let begun = shared.files.strip_prefix(fixed)?;
    let names = names.strip_suffix(begun)?;
    (!shared.files.is_empty()).then(|| format!("{names}${{yyyy}}-${{MM}}-${{dd}}"))
}

/// The folders of a day. Where it has one for each hour, nobody says which of them is the last: all are looked into.
fn dated(layout: &Layout, names: &str, resource: &Resource) -> Option<String> {
    let mut below = layout.below.to_string();
    let mut fill = |key: &Column, value: &str| {
        below = below.replace(&format!("${{{}}}", key.name), value);
    };
    for key in &*layout.keys {
        match key.values {
            Values::Regions => fill(&key.column, &resource.region),
            // Of an organization's trail; a VPC, nobody can tell.
            Values::Injected if key.column.name == ACCOUNT => fill(&key.column, &resource.account),
            Values::Injected => return None,
            Values::Numbers { to, .. } => fill(&key.column, &variable(calendar::part(to))),
        }
    }
    if let Some(dated) = &layout.projection {
        let written = |format: String, part| format.replace(part, &variable(part));
        let parts = calendar::PARTS.into_iter();
        fill(&dated.key, &parts.fold(dated.format.to_owned(), written));
    }
    let below = match below.split_once(&variable(calendar::HOUR)) {
        Some((day, _)) => day.to_owned(),
        None => format!("{below}/{names}"),
    };
    below.contains(&variable(calendar::YEAR)).then_some(below)
}

fn variable(part: &str) -> String {
    format!("${{{part}}}")
}

impl Samples {
    /// The files of this day, such as `2026-03-03`, as one page.
    pub fn list(&self, day: &str) -> LookUp {
        LookUp {
            api: &API,
            operation: "ListBucket",
            request: Request::Get {
                path: format!("/{}?list-type=2", self.bucket),
                query: vec![("prefix", self.begin_on(day))],
            },
        }
    }

    fn begin_on(&self, day: &str) -> String {
        let parts = calendar::PARTS.into_iter().zip(day.split('-'));
        parts.fold(self.begin.clone(), |begin, (part, value)| {
            begin.replace(&variable(part), value)
        })
    }

    /// That of this log which was written last, of those that are listed.
    pub fn newest(&self, listed: &Value) -> Option<Newest> {
        let size = |file: &Value| text(file, "/Size").parse().unwrap_or(0);
        let is_own = |file: &&Value| {
            let name = text(file, "/Key").rsplit('/').next().unwrap_or_default();
            size(file) > 0 && name.starts_with(&self.names)
        };
        let files = many(listed, "/Contents").iter().filter(is_own);
        let newest = files
            .max_by(|one, other| text(one, "/LastModified").cmp(text(other, "/LastModified")))?;
        Some(Newest {
            key: text(newest, "/Key").to_owned(),
            size: size(newest),
        })
    }

    /// `is_cut`: the file goes on, so its last record is none.
    pub fn read(&self, file: &[u8], is_cut: bool) -> Sample {
        self.records.read(file, is_cut)
    }

    pub fn url(&self, file: &Newest) -> String {
        format!("s3://{}/{}", self.bucket, file.key)
    }

    /// So many bytes of a file, from its beginning.
    pub fn beginning(&self, file: &Newest, bytes: usize) -> LookUp {
        LookUp {
            api: &API,
            operation: "GetObject",
            request: Request::Beginning {
                path: format!("/{}/{}", self.bucket, file.key),
                bytes,
            },
        }
    }
}
