//! Where a vended log's files lie: a path with variables in braces, made into the folders and partition keys of a table.

use std::borrow::Cow;

use crate::calendar;
use crate::column::string;
use crate::destination;
use crate::layout::{Key, Layout, Projection, Shared};
use crate::log::Resource;
use crate::look_up::text;
use crate::shown::shown;
use crate::vended::{Path, Vended};
use serde_json::Value;

const HOUR: &str = "{yyyy}/{MM}/{dd}/{HH}";
const DAY: &str = "{yyyy}/{MM}/{dd}";

/// Folders for each hour, in one key.
pub(crate) static HOURS: Projection = Projection {
    key: string(
        "hour",
        "Hour of the records or of their delivery (UTC) as yyyy/MM/dd/HH; name it in every query to read that hour's folder only.",
    ),
    format: "yyyy/MM/dd/HH",
    since: "2024/11/01/00",
    unit: "HOURS",
};

const DAYS: Projection = Projection {
    key: string(
        "day",
        "Day of the records or of their delivery (UTC) as yyyy/MM/dd; name it in every query to read that day's folder only.",
    ),
    format: "yyyy/MM/dd",
    since: "2024/11/01",
    unit: "DAYS",
};

/// The parts of a time that have a folder each, and their variables.
pub(crate) const PARTS: &[Key] = &calendar::parts(2024);
const VARIABLES: [&str; 4] = ["yyyy", "MM", "dd", "HH"];

/// The layout that a delivery's settings for S3 ask for. The error is a sentence that says why no table can have it.
pub(crate) fn layout(
    resource: &Resource,
    vended: &Vended,
    has_prefix: bool,
    settings: &Value,
) -> Result<Layout, String> {
    let path = whole(&vended.path, has_prefix, text(settings, "/suffixPath"));
    let path = path.trim_matches('/');
    if let Some(fault) = destination::fault(path) {
        return Err(format!(
            "The suffix path {} {fault}, so no table location can be written for it.",
            shown(path)
        ));
    }
    let hive = settings.get("enableHiveCompatiblePath");
    let folders = Folders {
        resource,
        variables: vended.path.resource,
        hive: hive.and_then(Value::as_bool) == Some(true),
    };
    let (folder, below, rest) = folders.of(path);
    let is_own = |name: &&str| path.contains(&format!("{{{name}}}"));
    let own = vended.path.resource.iter().any(is_own);
    let shared = vended.shared.clone().filter(|_| !own);
    let layout = keyed(folder, &below, shared);
    Ok(match below.is_empty() {
        // Without a key: it only says that files do not lie side by side.
        true => Layout {
            below: Cow::Owned(rest),
            ..layout
        },
        false => layout,
    })
}

/// All of the path below the destination's bucket and prefix.
fn whole(path: &Path, has_prefix: bool, suffix: &str) -> String {
    let suffix = suffix.trim_start_matches('/');
    let told = path.folder_is_told && !suffix.is_empty();
    let own = if suffix.is_empty() {
        path.suffix
    } else {
        suffix
    };
    if has_prefix || told || suffix.starts_with("AWSLogs/") {
        return own.to_owned();
    }
    format!("{}/{own}", path.folder)
}

/// What the variables of a path stand for.
struct Folders<'a> {
    resource: &'a Resource,
    /// Those for the resource itself.
    variables: &'a [&'a str],
    /// Whether a folder that is one variable has its name before its value.
    hive: bool,
}

impl Folders<'_> {
    /// The folder that never changes, and those below it. A folder of which nobody knows what it is called ends them, and with it
    /// begins the rest: a query finds what lies in it all the same.
    fn of(&self, path: &str) -> (String, String, String) {
        let known = path.split('/').map_while(|folder| self.named(folder));
        let known: Vec<_> = known.collect();
        let rest: Vec<_> = path.split('/').skip(known.len()).collect();
        let known: Vec<_> = known.into_iter().filter(|it| !it.is_empty()).collect();
        let dated = known.iter().position(|folder| folder.contains('{'));
        let (fixed, below) = known.split_at(dated.unwrap_or(known.len()));
        let folder = fixed.iter().map(|folder| format!("{folder}/"));
        (folder.collect(), below.join("/"), rest.join("/"))
    }

    /// Only the variables of times stay.
    fn named(&self, folder: &str) -> Option<String> {
        let mut named = String::new();
        let mut rest = folder;
        while let Some((before, from)) = rest.split_once('{') {
            let (variable, after) = from.split_once('}')?;
            let key = self
                .key(variable)
                .filter(|_| before.len() + after.len() == 0);
            if before.contains('}') {
                return None;
            }
            named += before;
            named += &key.map_or(String::new(), |key| format!("{key}="));
            named += &self.value(variable)?;
            rest = after;
        }
        (!rest.contains('}')).then(|| named + rest)
    }

    fn value(&self, variable: &str) -> Option<String> {
        let Resource {
            arn,
            account,
            region,
            ..
        } = self.resource;
        match variable {
            "yyyy" | "MM" | "dd" | "HH" => Some(format!("{{{variable}}}")),
            "account-id" | "accountid" => Some(account.clone()),
            "region" => Some(region.clone()),
            own if self.variables.contains(&own) => {
                arn.rsplit(['/', ':']).next().map(str::to_owned)
            }
            _ => None,
        }
    }

    fn key<'a>(&self, variable: &'a str) -> Option<&'a str> {
        let key = match variable {
            "yyyy" => "year",
            "MM" => "month",
            "dd" => "day",
            "HH" => "hour",
            "account-id" => "aws-account-id",
            other => other,
        };
        self.hive.then_some(key)
    }
}

/// Folders of days or hours, one in the other as in most logs, are one key; whatever else there is of times, each part is one.
fn keyed(folder: String, below: &str, shared: Option<Shared>) -> Layout {
    let count = below.matches('{').count();
    let flat = Layout {
        folder: Cow::Owned(folder),
        shared,
        ..Layout::flat("")
    };
    let dated = |path, name: &str, projection| Layout {
        below: Cow::Owned(below.replace(path, &format!("${{{name}}}"))),
        projection: Some(projection),
        ..flat.clone()
    };
    if count == 4 && below.contains(HOUR) {
        return dated(HOUR, "hour", HOURS.clone());
    }
    if count == 3 && below.contains(DAY) {
        return dated(DAY, "day", DAYS);
    }
    in_parts(flat, below)
}

fn in_parts(flat: Layout, below: &str) -> Layout {
    let mut below = below.to_owned();
    let mut keys = Vec::new();
    for (variable, key) in VARIABLES.iter().zip(PARTS) {
        let variable = format!("{{{variable}}}");
        if below.contains(&variable) {
            below = below.replace(&variable, &format!("${{{}}}", key.column.name));
            keys.push(key.clone());
        }
    }
    Layout {
        below: Cow::Owned(below),
        keys: Cow::Owned(keys),
        ..flat
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Partition;

    const SHARED: Shared = Shared {
        files: "{id}.",
        rest: "[^/]*",
        columns: &[],
    };
    const TOLD: Path = Path {
        folder: "AWSLogs/{account-id}/CloudFront",
        folder_is_told: true,
        suffix: "",
        resource: &["DistributionId", "distributionid"],
    };
    const UNTOLD: Path = Path {
        folder: "AWSLogs/{account-id}/elasticloadbalancing",
        folder_is_told: false,
        suffix: "{region}/{yyyy}/{MM}/{dd}",
        resource: &[],
    };

    fn layout_of(path: Path, has_prefix: bool, suffix: &str, hive: bool) -> Result<Layout, String> {
        let resource = Resource {
            arn: "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE".to_owned(),
            name: "e2example".to_owned(),
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            partition: Partition::default(),
            global: false,
        };
        let vended = Vended {
            service: "",
            log_type: "",
            fields: &[],
            typed: false,
            columns: &[],
            path,
            shared: Some(SHARED),
        };
        let settings =
            serde_json::json!({ "suffixPath": suffix, "enableHiveCompatiblePath": hive });
        layout(&resource, &vended, has_prefix, &settings)
    }

    fn check(path: Path, has_prefix: bool, suffix: &str, hive: bool, expected: (&str, &str, &str)) {
        let layout = layout_of(path, has_prefix, suffix, hive).unwrap();
        let keys: Vec<_> = layout
            .partition_keys()
            .map(|key| key.name.as_ref())
            .collect();
        let found = (
            layout.folder.as_ref(),
            layout.below.as_ref(),
            &*keys.join(" "),
        );
        assert_eq!(found, expected, "{suffix}");
    }

    #[test]
    fn without_a_suffix_aws_has_folders_of_its_own() {
        let own = "AWSLogs/123456789012/CloudFront/";
        check(TOLD, false, "", false, (own, "", ""));
        check(
            TOLD,
            false,
            "AWSLogs/{account-id}/CloudFront/",
            false,
            (own, "", ""),
        );
        check(TOLD, true, "", false, ("", "", ""));
        let own = "AWSLogs/123456789012/elasticloadbalancing/us-east-1/";
        check(UNTOLD, false, "", false, (own, "${day}", "day"));
        check(UNTOLD, true, "", false, ("us-east-1/", "${day}", "day"));
    }

    #[test]
    fn a_suffix_is_followed_wherever_aws_puts_it() {
        let path = "web/{DistributionId}/{yyyy}/{MM}/{dd}/{HH}";
        let told = format!("AWSLogs/{{account-id}}/CloudFront/{path}/");
        let own = "AWSLogs/123456789012/CloudFront/web/E2EXAMPLE/";
        check(TOLD, false, &told, false, (own, "${hour}", "hour"));
        let (own, keys) = ("web/E2EXAMPLE/", "hour");
        check(TOLD, false, path, false, (own, "${hour}", keys));
        check(
            TOLD,
            true,
            &format!("/{path}"),
            false,
            (own, "${hour}", keys),
        );
        let own = "AWSLogs/123456789012/elasticloadbalancing/web/";
        check(UNTOLD, false, "web", false, (own, "", ""));
    }

    #[test]
    fn hive_has_the_name_of_each_folder_before_its_value() {
        let path = "AWSLogs/{account-id}/CloudFront/f/{distributionid}/{yyyy}/{MM}/{dd}/{HH}";
        let own = "AWSLogs/aws-account-id=123456789012/CloudFront/f/distributionid=E2EXAMPLE/";
        let below = "year=${year}/month=${month}/day=${day}/hour=${hour}";
        check(TOLD, false, path, true, (own, below, "year month day hour"));
        let own = "AWSLogs/aws-account-id=123456789012/elasticloadbalancing/region=us-east-1/";
        let below = "year=${year}/month=${month}/day=${day}";
        check(UNTOLD, false, "", true, (own, below, "year month day"));
        check(
            TOLD,
            true,
            "{accountid}",
            true,
            ("accountid=123456789012/", "", ""),
        );
    }

    #[test]
    fn whatever_is_dated_has_keys() {
        check(
            TOLD,
            true,
            "{yyyy}/{MM}",
            false,
            ("", "${year}/${month}", "year month"),
        );
        check(
            TOLD,
            true,
            "d-{yyyy}{MM}{dd}",
            false,
            ("", "d-${year}${month}${day}", "year month day"),
        );
        check(
            TOLD,
            true,
            "{yyyy}/{MM}/{dd}/x/{HH}",
            false,
            (
                "",
                "${year}/${month}/${day}/x/${hour}",
                "year month day hour",
            ),
        );
        check(
            TOLD,
            true,
            "{yyyy}/{MM}/{dd}/{DistributionId}",
            false,
            ("", "${day}/E2EXAMPLE", "day"),
        );
        check(
            TOLD,
            true,
            "{HH}/{HH}",
            false,
            ("", "${hour}/${hour}", "hour"),
        );
        check(TOLD, true, "dt={yyyy}", true, ("", "dt=${year}", "year"));
    }

    #[test]
    fn folders_that_nobody_knows_are_read_whole() {
        let rest = "{tenant}/{yyyy}";
        check(TOLD, true, "a/{tenant}/{yyyy}", false, ("a/", rest, ""));
        check(
            UNTOLD,
            true,
            "{yyyy}/{DistributionId}",
            false,
            ("", "${year}", "year"),
        );
        for odd in ["a/{", "a/}{yyyy}", "a/{yyyy", "a/{}", "a/{{yyyy}}"] {
            check(TOLD, true, odd, false, ("a/", &odd[2..], ""));
        }
    }

    #[test]
    fn what_no_location_can_say_is_refused() {
        for suffix in ["a//b", "a/../b", "${yyyy}", "a\nb", &"x".repeat(2_000)] {
            let refused = layout_of(TOLD, false, suffix, false);
            assert!(
                refused.is_err_and(|why| why.contains("suffix path")),
                "{suffix}"
            );
        }
    }

    #[test]
    fn a_folder_of_its_own_is_not_shared() {
        for (suffix, shared) in [
            ("", true),
            ("{yyyy}", true),
            ("{DistributionId}/{yyyy}", false),
        ] {
            let layout = layout_of(TOLD, true, suffix, false).unwrap();
            assert_eq!(layout.shared.is_some(), shared, "{suffix}");
        }
    }
}
