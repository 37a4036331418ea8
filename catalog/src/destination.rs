//! Where a service delivers a log to: a bucket and a prefix, once they are known to be something a table can point at.

use crate::shown::shown;

/// Glue's limit on a table's location, less what the fixed folders below the prefix may need.
const MAX_PREFIX_LENGTH: usize = 1_024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    bucket: String,
    /// What keys begin with, up to the first folder of the layout.
    before: String,
}

impl Destination {
    /// The prefix may be empty, and may begin or end with slashes: one follows it in any case. The error is a sentence that
    /// says why no table can point there.
    pub fn new(bucket: &str, prefix: &str) -> Result<Self, String> {
        let prefix = prefix.trim_matches('/');
        let slash = if prefix.is_empty() { "" } else { "/" };
        Self::verbatim(bucket, &format!("{prefix}{slash}"))
    }

    /// For services that put nothing between the prefix and what follows it.
    pub(crate) fn verbatim(bucket: &str, prefix: &str) -> Result<Self, String> {
        if !is_bucket(bucket) {
            return Err(format!(
                "{} is not the name of an S3 bucket.",
                shown(bucket)
            ));
        }
        let folders = prefix
            .strip_suffix('/')
            .filter(|folders| !folders.is_empty());
        match fault(folders.unwrap_or(prefix)) {
            Some(fault) => Err(format!(
                "The prefix {} {fault}, so no table location can be written for it.",
                shown(prefix)
            )),
            None => Ok(Self {
                bucket: bucket.to_owned(),
                before: prefix.to_owned(),
            }),
        }
    }

    /// For services that name a log's destination by an ARN of any kind.
    pub(crate) fn of_arn(arn: &str) -> Result<Self, String> {
        // Not `Arn`: a bucket's may go on with a prefix, which may hold anything.
        let ["arn", _, service, _, _, resource] = *arn.splitn(6, ':').collect::<Vec<_>>() else {
            return Err(format!(
                "The log goes to {}, which is not an ARN.",
                shown(arn)
            ));
        };
        if service == "s3" {
            let (bucket, prefix) = resource.split_once('/').unwrap_or((resource, ""));
            return Self::new(bucket, prefix);
        }
        Err(elsewhere(service, resource))
    }

    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// Whether keys begin with more than the layout's own folders.
    pub(crate) fn has_prefix(&self) -> bool {
        !self.before.is_empty()
    }

    /// What the prefix puts before the names of files where there is no folder behind it.
    pub(crate) fn files_begin(&self) -> &str {
        let behind = self.before.rsplit_once('/').map(|(_, file)| file);
        behind.unwrap_or(&self.before)
    }

    /// The S3 URL of a folder behind the prefix. Where there is none, it is the folder that the prefix ends in: files whose
    /// names begin otherwise are in it too.
    pub(crate) fn url(&self, folder: &str) -> String {
        let key = format!("{}{folder}", self.before);
        let folder = key
            .rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"));
        format!("s3://{}/{folder}", self.bucket)
    }
}

/// Why a log that goes to another service, such as `logs`, has no table.
pub(crate) fn elsewhere(service: &str, resource: &str) -> String {
    let what = match service {
        "firehose" => "a Firehose stream, which decides itself where and how records are kept",
        "logs" => "CloudWatch Logs, where Logs Insights can query it",
        _ => "no S3 bucket",
    };
    format!(
        "The log goes to {}: {what}. Send it to an S3 bucket to have a table made.",
        shown(resource)
    )
}

/// S3's naming rules, as far as they can be seen in the name.
fn is_bucket(name: &str) -> bool {
    let alphanumeric = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = name.as_bytes();
    (3..=63).contains(&bytes.len())
        && bytes
            .iter()
            .all(|byte| alphanumeric(byte) || matches!(byte, b'-' | b'.'))
        && [bytes.first(), bytes.last()]
            .into_iter()
            .flatten()
            .all(alphanumeric)
        && !name.contains("..")
        && !is_address(name)
}

/// Whether the name is written like an IPv4 address, which S3 does not allow.
fn is_address(name: &str) -> bool {
    let number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    name.split('.').count() == 4 && name.split('.').all(number)
}

/// What is wrong with the folders of a location.
pub(crate) fn fault(prefix: &str) -> Option<&'static str> {
    let strange_folder = |folder: &str| matches!(folder, "" | "." | "..");
    if prefix.len() > MAX_PREFIX_LENGTH {
        Some("is longer than 1,024 bytes")
    } else if prefix.contains("${") {
        Some("holds \"${\", which partition projection would replace")
    } else if prefix.chars().any(char::is_control) {
        Some("holds control characters")
    } else if !prefix.is_empty() && prefix.split('/').any(strange_folder) {
        Some("has an empty folder, \".\" or \"..\" in it")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bucket: &str, prefix: &str, expected: Result<&str, &str>) {
        let url = Destination::new(bucket, prefix).map(|destination| destination.url("AWSLogs/"));
        match expected {
            Ok(expected) => assert_eq!(url.as_deref(), Ok(expected)),
            Err(part) => assert!(
                url.as_ref().is_err_and(|why| why.contains(part)),
                "{url:?} does not say {part:?}"
            ),
        }
    }

    #[test]
    fn one_slash_between_folders_whatever_the_prefix() {
        check("logs", "", Ok("s3://logs/AWSLogs/"));
        check("logs", "/", Ok("s3://logs/AWSLogs/"));
        check("logs", "web", Ok("s3://logs/web/AWSLogs/"));
        check("logs", "//web/eu//", Ok("s3://logs/web/eu/AWSLogs/"));
        check(
            "my.logs-1",
            "a b/'; DROP/ü$",
            Ok("s3://my.logs-1/a b/'; DROP/ü$/AWSLogs/"),
        );
    }

    #[test]
    fn a_verbatim_prefix_ends_where_it_ends() {
        let check = |prefix: &str, folder: &str, expected: Result<&str, &str>| {
            let url = Destination::verbatim("logs", prefix).map(|at| at.url(folder));
            match expected {
                Ok(expected) => assert_eq!(url.as_deref(), Ok(expected)),
                Err(part) => assert!(url.as_ref().is_err_and(|why| why.contains(part)), "{url:?}"),
            }
        };
        check("", "", Ok("s3://logs/"));
        check("web", "", Ok("s3://logs/"));
        check("web/", "", Ok("s3://logs/web/"));
        check("web/app-", "", Ok("s3://logs/web/"));
        check("web/", "1/", Ok("s3://logs/web/1/"));
        check("web", "1/", Ok("s3://logs/web1/"));
        check("/", "", Err("an empty folder"));
        check("/web/", "", Err("an empty folder"));
        check("web//", "1/", Err("an empty folder"));
    }

    /// Row 8 of the original's faults: streams and log groups became `s3://arn:aws:firehose...`.
    #[test]
    fn destinations_are_recognised_by_their_arns() {
        let check_arn = |arn: &str, expected: Result<&str, &str>| {
            let url = Destination::of_arn(arn).map(|destination| destination.url(""));
            match expected {
                Ok(expected) => assert_eq!(url.as_deref(), Ok(expected)),
                Err(part) => assert!(url.as_ref().is_err_and(|why| why.contains(part)), "{url:?}"),
            }
        };
        check_arn("arn:aws:s3:::aws-waf-logs-x", Ok("s3://aws-waf-logs-x/"));
        check_arn(
            "arn:aws-cn:s3:::aws-waf-logs-x/a: 'b'/c/",
            Ok("s3://aws-waf-logs-x/a: 'b'/c/"),
        );
        let stream = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-x";
        check_arn(stream, Err("a Firehose stream"));
        let group = "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-x:*";
        check_arn(
            group,
            Err("\"log-group:aws-waf-logs-x:*\": CloudWatch Logs"),
        );
        check_arn(
            "arn:aws:sqs:eu-west-1:123456789012:queue",
            Err("no S3 bucket"),
        );
        check_arn("aws-waf-logs-x", Err("not an ARN"));
    }

    #[test]
    fn what_no_location_can_say() {
        for bucket in [
            "",
            "ab",
            "Logs",
            "-logs",
            "logs.",
            "a..b",
            "192.168.5.4",
            "a/b",
            "a_b",
            "s3://logs",
            "arn:aws:s3:::logs",
        ] {
            check(bucket, "", Err("is not the name of an S3 bucket"));
        }
        check(
            "logs",
            "a${day}b",
            Err("partition projection would replace"),
        );
        check("logs", "a\nb", Err("control characters"));
        check("logs", "a//b", Err("an empty folder"));
        check("logs", "a/../b", Err("\"..\""));
        check("logs", &"é".repeat(600), Err("longer than 1,024 bytes"));
    }
}
