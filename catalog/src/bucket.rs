//! Server access logs of S3 buckets: a part of the bucket's own configuration, with a choice of two layouts.

use crate::destination::Destination;
use crate::event::Event;
use crate::intent::{Delivery, Wanted};
use crate::layout::{Held, Layout, Shared};
use crate::listing::{Listing, Page};
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, text};
use crate::pattern::{EventName, EventRule};
use crate::region::Partition;
use crate::settings::Settings;
use crate::source::Source;
use crate::subject::Subject;
use serde_json::Value;

#[derive(Debug)]
pub(crate) struct BucketLog;

pub(crate) static API: Api = Api {
    name: "s3",
    endpoint: Endpoint::Regional,
    absent: &["NoSuchBucket"],
};

/// S3's first choice, and what a bucket has that made none: all files side by side, those of other buckets among them. Their
/// names begin with the year.
const SIMPLE: Layout = Layout::flat("").shared(Shared {
    files: "2",
    rest: r"[0-9]{3}(?:-[0-9]{2}){5}-[^/]*",
    columns: &[("bucket_name", Held::Value("{name}"))],
});

/// In folders for each bucket and day, there are no others.
pub(crate) const OWN_FILES: Shared = Shared {
    files: "",
    rest: "[^/]*",
    columns: &[],
};

static LISTING: Listing = Listing {
    name: "buckets",
    action: "s3:ListAllMyBuckets",
    global: false,
    most: 1000,
    ask: list,
    things: "/Buckets/Bucket",
    arn,
    next: "/ContinuationToken",
};

/// Those of the region that is asked: each is asked about where it is.
fn list(source: &Source, page: &Page) -> LookUp {
    let mut query = vec![
        ("bucket-region", source.region.clone()),
        ("max-buckets", page.size.to_string()),
    ];
    query.extend(page.token("continuation-token"));
    LookUp {
        api: &API,
        operation: "ListBuckets",
        request: Request::Get {
            path: "/".to_owned(),
            query,
        },
    }
}

fn arn(there: &Source, bucket: &Value) -> String {
    let partition = Partition::of_region(&there.region).name;
    format!("arn:{partition}:s3:::{}", text(bucket, "/Name"))
}

impl Settings for BucketLog {
    /// Logs are switched off by a call of the same name.
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.s3",
            names: &[
                EventName::Exact("PutBucketLogging"),
                EventName::Exact("DeleteBucket"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &["s3:GetBucketLogging"]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    fn changed(&self, event: &Event) -> Vec<String> {
        let name = event.requested(&["bucketName"]).and_then(Value::as_str);
        let arn = |name| format!("arn:{}:s3:::{name}", event.partition.name);
        name.map(arn).into_iter().collect()
    }

    /// S3 puts nothing between the prefix and the names of its files, or its first folder.
    fn destination(&self, bucket: &str, prefix: &str) -> Result<Destination, String> {
        Destination::verbatim(bucket, prefix)
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let name = subject.resource_of(API.name)?;
        let bucket = Destination::new(&name, "").ok()?;
        Some(subject.resource(bucket.bucket(), false))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let bucket = subject.resource_of(API.name).unwrap_or_default();
        let answer = answers.of(LookUp {
            api: &API,
            operation: "GetBucketLogging",
            request: Request::Get {
                path: format!("/{bucket}?logging"),
                query: Vec::new(),
            },
        })?;
        Ok(answer.map_or(Wanted::Gone, |answer| {
            answer
                .get("LoggingEnabled")
                .map_or(Wanted::Disabled, wanted_of)
        }))
    }

    fn claimed(&self, event: &Event) -> Option<Wanted> {
        if event.event_name == "DeleteBucket" {
            return Some(Wanted::Gone);
        }
        let logging = event.requested(&["BucketLoggingStatus"])?;
        let enabled = logging.get("LoggingEnabled");
        Some(enabled.map_or(Wanted::Disabled, wanted_of))
    }
}

fn wanted_of(logging: &Value) -> Wanted {
    let text = |key: &str| logging.get(key).and_then(Value::as_str).unwrap_or_default();
    let partitioned = logging.pointer("/TargetObjectKeyFormat/PartitionedPrefix");
    match BucketLog.destination(text("TargetBucket"), text("TargetPrefix")) {
        Ok(destination) => Wanted::Table(Delivery {
            destination,
            layout: partitioned.is_none().then_some(SIMPLE),
            format: None,
        }),
        Err(reason) => Wanted::NoLocation { reason },
    }
}
