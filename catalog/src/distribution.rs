//! Standard logs of CloudFront distributions: a part of the distribution's own configuration, so that every creation and every
//! change may have switched them.

use crate::destination::Destination;
use crate::event::Event;
use crate::intent::Wanted;
use crate::listing::{Listing, Page};
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, text};
use crate::pattern::{EventName, EventRule};
use crate::region::is_region;
use crate::settings::Settings;
use crate::shown::shown;
use crate::source::Source;
use crate::subject::Subject;
use serde_json::Value;

#[derive(Debug)]
pub(crate) struct DistributionLog;

impl Settings for DistributionLog {
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.cloudfront",
            names: &[
                EventName::Versioned("CreateDistribution"),
                EventName::Versioned("CreateDistributionWithTags"),
                EventName::Versioned("CopyDistribution"),
                EventName::Versioned("UpdateDistribution"),
                EventName::Versioned("UpdateDistributionWithStagingConfig"),
                EventName::Versioned("DeleteDistribution"),
                EventName::Versioned("CreateRealtimeLogConfig"),
                EventName::Versioned("UpdateRealtimeLogConfig"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &["cloudfront:GetDistributionConfig"]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    fn changed(&self, event: &Event) -> Vec<String> {
        changed(event)
    }

    /// Real-time logs have settings of their own, and standard logs beside them all the same.
    fn never_in_s3(&self, event: &Event) -> Option<&'static str> {
        let real_time = event.event_name.contains("RealtimeLogConfig");
        real_time.then_some(
            "Real-time logs of CloudFront go to a Kinesis data stream, never to S3, so that no table can point at them. Turn on \
             the distribution's standard log to have a table made.",
        )
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        resource(subject)
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let answer = answers.of(config(subject))?;
        Ok(answer.map_or(Wanted::Gone, |answer| {
            let logging = |member: &str| text(answer, &format!("/Logging/{member}"));
            wanted_of(
                logging("Enabled") == "true",
                logging("Bucket"),
                logging("Prefix"),
            )
        }))
    }

    fn claimed(&self, event: &Event) -> Option<Wanted> {
        if event.event_name.starts_with("DeleteDistribution") {
            return Some(Wanted::Gone);
        }
        let logging = event
            .answered(&["distribution", "distributionConfig", "logging"])
            .or_else(|| event.requested(&["distributionConfig", "logging"]))?;
        let enabled = logging.get("enabled")?.as_bool()?;
        Some(wanted_of(
            enabled,
            text(logging, "/bucket"),
            text(logging, "/prefix"),
        ))
    }
}

/// A log that is no part of the distribution's configuration, and ends with the distribution all the same.
#[derive(Debug)]
pub(crate) struct DeliveredDistribution;

impl Settings for DeliveredDistribution {
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.cloudfront",
            names: &[EventName::Versioned("DeleteDistribution")],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        DistributionLog.look_up_actions()
    }

    fn changed(&self, event: &Event) -> Vec<String> {
        changed(event)
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        resource(subject)
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let answer = answers.of(config(subject))?;
        Ok(answer.map_or(Wanted::Gone, |_| Wanted::Disabled))
    }

    fn claimed(&self, event: &Event) -> Option<Wanted> {
        let gone = event.event_name.starts_with("DeleteDistribution");
        gone.then_some(Wanted::Gone)
    }
}

static API: Api = Api {
    name: "cloudfront",
    endpoint: Endpoint::Global,
    absent: &["NoSuchDistribution"],
};

static LISTING: Listing = Listing {
    name: "distributions",
    action: "cloudfront:ListDistributions",
    global: true,
    most: 100,
    ask: list,
    things: "/Items/DistributionSummary",
    arn: |_, it| text(it, "/ARN").to_owned(),
    next: "/NextMarker",
};

fn list(_: &Source, page: &Page) -> LookUp {
    let mut query = vec![("MaxItems", page.size.to_string())];
    query.extend(page.token("Marker"));
    LookUp {
        api: &API,
        operation: "ListDistributions",
        request: Request::Get {
            path: "/2020-05-31/distribution".to_owned(),
            query,
        },
    }
}

/// A new distribution has its id from the answer.
fn changed(event: &Event) -> Vec<String> {
    let id = event
        .answered(&["distribution", "id"])
        .or_else(|| event.requested(&["id"]))
        .and_then(Value::as_str);
    let (partition, account) = (event.partition.name, &event.account);
    let arn = |id| format!("arn:{partition}:cloudfront::{account}:distribution/{id}");
    id.map(arn).into_iter().collect()
}

/// Ids are capitals and digits, of which a table's name holds the small ones.
fn resource(subject: &Subject) -> Option<Resource> {
    let id = id_of(subject)?;
    let whole = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    whole.then(|| subject.resource(&id.to_ascii_lowercase(), true))
}

fn config(subject: &Subject) -> LookUp {
    let id = id_of(subject).unwrap_or_default();
    LookUp {
        api: &API,
        operation: "GetDistributionConfig",
        request: Request::Get {
            path: format!("/2020-05-31/distribution/{id}/config"),
            query: Vec::new(),
        },
    }
}

fn id_of(subject: &Subject) -> Option<String> {
    let resource = subject.resource_of(API.name)?;
    resource.strip_prefix("distribution/").map(str::to_owned)
}

/// The bucket is given as its host's name, such as `example-logs.s3.amazonaws.com`.
fn wanted_of(enabled: bool, bucket_host: &str, prefix: &str) -> Wanted {
    if !enabled {
        return Wanted::Disabled;
    }
    match bucket(bucket_host) {
        Some(bucket) => Destination::new(bucket, prefix).into(),
        None => Wanted::NoLocation {
            reason: format!(
                "{} is not the host name of an S3 bucket.",
                shown(bucket_host)
            ),
        },
    }
}

/// The bucket before `.s3.amazonaws.com`, `.s3.REGION.amazonaws.com`, `.s3-website-REGION.amazonaws.com` and so on. Its
/// name may hold dots, and even look like such a host, so the host is read from its end.
fn bucket(host: &str) -> Option<&str> {
    let host = host.strip_suffix(".cn").unwrap_or(host);
    let mut rest = host.strip_suffix(".amazonaws.com")?;
    for optional in [is_region, |label: &str| label == "dualstack"] {
        rest = match rest.rsplit_once('.') {
            Some((before, label)) if optional(label) => before,
            _ => rest,
        };
    }
    let (bucket, service) = rest.rsplit_once('.')?;
    is_s3(service).then_some(bucket)
}

fn is_s3(label: &str) -> bool {
    let kinds = ["s3", "s3-website", "s3-accelerate", "s3-fips"];
    let of_region = |kind: &&str| {
        let region = label
            .strip_prefix(kind)
            .and_then(|rest| rest.strip_prefix('-'));
        region.is_some_and(is_region)
    };
    kinds.contains(&label) || kinds.iter().any(of_region)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, expected: Option<&str>) {
        assert_eq!(bucket(host), expected, "{host}");
    }

    /// Row 10 of the original's faults: only `.s3.amazonaws.com` was stripped.
    #[test]
    fn every_form_of_bucket_host() {
        for after in [
            "s3.amazonaws.com",
            "s3.eu-west-1.amazonaws.com",
            "s3-eu-west-1.amazonaws.com",
            "s3.dualstack.eu-west-1.amazonaws.com",
            "s3-fips.us-gov-west-1.amazonaws.com",
            "s3-website-us-east-1.amazonaws.com",
            "s3-website.eu-central-1.amazonaws.com",
            "s3-accelerate.amazonaws.com",
            "s3-accelerate.dualstack.amazonaws.com",
            "s3.cn-north-1.amazonaws.com.cn",
        ] {
            for bucket in [
                "logs",
                "my.logs",
                "logs.s3",
                "logs.s3.eu-west-1",
                "a.s3-eu-west-1",
            ] {
                check(&format!("{bucket}.{after}"), Some(bucket));
            }
        }
        for host in [
            "",
            "logs",
            "logs.example.com",
            "s3.amazonaws.com",
            "logs.sqs.amazonaws.com",
        ] {
            check(host, None);
        }
    }
}
