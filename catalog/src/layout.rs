//! Where a log type's objects lie in a bucket, and how Athena finds its way from a day to a folder.

use crate::column::Column;
use crate::intent::Resource;

#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The narrowest folder that never changes, below the prefix: with `{account}`, `{region}` and `{name}`, ending in `/`.
    /// For global resources the region is the word `cloudfront`.
    pub folder: &'static str,
    /// None where the files lie side by side in that folder, whatever their time.
    pub projection: Option<Projection>,
}

/// Partition projection over dated folders: no partition is ever added by hand, and a query for a day lists that day only.
#[derive(Debug, Clone, Copy)]
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
    pub(crate) fn folder_of(&self, resource: &Resource) -> String {
        let region = if resource.global {
            "cloudfront"
        } else {
            &resource.region
        };
        self.folder
            .replace("{account}", &resource.account)
            .replace("{region}", region)
            .replace("{name}", &resource.name)
    }
}

impl Projection {
    /// The table parameters that say all this to Athena.
    pub(crate) fn parameters(&self, location: &str) -> [(String, String); 7] {
        let name = self.key.name;
        let of_key = |setting: &str| format!("projection.{name}.{setting}");
        [
            ("projection.enabled".to_owned(), "true".to_owned()),
            (of_key("type"), "date".to_owned()),
            (of_key("format"), self.format.to_owned()),
            (of_key("range"), format!("{},NOW", self.since)),
            (of_key("interval"), "1".to_owned()),
            (of_key("interval.unit"), self.unit.to_owned()),
            (
                "storage.location.template".to_owned(),
                format!("{location}${{{name}}}"),
            ),
        ]
    }
}
