//! Logs of CloudTrail trails: a trail has a bucket from the beginning, and delivers to it while its logging is started.

use std::borrow::Cow;

use crate::column::string;
use crate::destination::Destination;
use crate::event::Event;
use crate::intent::{Delivery, Wanted};
use crate::layout::{Key, Layout, Projection, Values};
use crate::listing::Listing;
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items, text};
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::subject::Subject;
use serde_json::{Value, json};

#[derive(Debug)]
pub(crate) struct TrailLog;

static CLOUDTRAIL: Api = Api {
    name: "cloudtrail",
    endpoint: Endpoint::Regional,
    absent: &["TrailNotFoundException", "InvalidTrailNameException"],
};

static ORGANIZATIONS: Api = Api {
    name: "organizations",
    endpoint: Endpoint::Organizations,
    // Without the right to ask, the answer is a reason that says which right is missing.
    absent: &["AWSOrganizationsNotInUseException", "AccessDeniedException"],
};

const DAY: Projection = Projection {
    key: string(
        "day",
        "Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day's folders only.",
    ),
    format: "yyyy/MM/dd",
    since: "2013/11/01",
    unit: "DAYS",
};

const REGION: Key = Key {
    column: string(
        "region",
        "Region that the calls were made in; name it to read its folders only.",
    ),
    values: Values::Regions,
};

const ACCOUNT: Key = Key {
    column: string(
        "account",
        "Account that the calls were made in; every query has to name one.",
    ),
    values: Values::Injected,
};

pub(crate) const DESCRIBE_TRAILS: &str =
    "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails";

static LISTING: Listing = Listing {
    name: "trails",
    action: "cloudtrail:DescribeTrails",
    global: false,
    most: 1000,
    ask: |_, _| {
        call(
            DESCRIBE_TRAILS,
            "DescribeTrails",
            // Those of this region alone: the others have their turn in theirs.
            json!({ "includeShadowTrails": false }),
        )
    },
    things: "/trailList",
    arn: |_, it| text(it, "/TrailARN").to_owned(),
    next: "/NextToken",
};

/// A trail of one region.
const ONE_REGION: Layout = Layout::dated("AWSLogs/{account}/CloudTrail/{region}/", "${day}", DAY);

/// A trail of all regions, which is what nearly everybody has.
pub(crate) const ALL_REGIONS: Layout = Layout {
    folder: Cow::Borrowed("AWSLogs/{account}/CloudTrail/"),
    below: Cow::Borrowed("${region}/${day}"),
    keys: Cow::Borrowed(&[REGION]),
    projection: Some(DAY),
    shared: None,
};

/// A trail of an organization has the organization's id above its accounts.
fn of_organization(id: &str) -> Layout {
    Layout {
        folder: Cow::Owned(format!("AWSLogs/{id}/")),
        below: Cow::Borrowed("${account}/CloudTrail/${region}/${day}"),
        keys: Cow::Owned(vec![ACCOUNT, REGION]),
        projection: Some(DAY),
        shared: None,
    }
}

impl Settings for TrailLog {
    /// A trail that is created delivers nothing until its logging is started.
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.cloudtrail",
            names: &[
                EventName::Exact("CreateTrail"),
                EventName::Exact("UpdateTrail"),
                EventName::Exact("StartLogging"),
                EventName::Exact("StopLogging"),
                EventName::Exact("DeleteTrail"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &[
            "cloudtrail:DescribeTrails",
            "cloudtrail:GetTrailStatus",
            "organizations:DescribeOrganization",
        ]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    fn other_keys(&self) -> &'static [Key] {
        const { &[ACCOUNT] }
    }

    /// Trails are named by name or by ARN.
    fn changed(&self, event: &Event) -> Vec<String> {
        let name = event.requested(&["name"]).and_then(Value::as_str);
        let arn = |name: &str| {
            let (partition, region, account) =
                (event.partition.name, &event.region, &event.account);
            match name.strip_prefix("arn:") {
                Some(_) => name.to_owned(),
                None => format!("arn:{partition}:cloudtrail:{region}:{account}:trail/{name}"),
            }
        };
        name.map(arn).into_iter().collect()
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let resource = subject.resource_of(CLOUDTRAIL.name)?;
        let name = resource.strip_prefix("trail/")?;
        is_name(name).then(|| subject.resource(name, false))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let arn = &subject.arn;
        let described = answers.of(call(
            DESCRIBE_TRAILS,
            "DescribeTrails",
            json!({ "trailNameList": [arn], "includeShadowTrails": false }),
        ))?;
        let trails = described.map(|answer| items(answer, "/trailList"));
        let is_it = |trail: &&Value| text(trail, "/TrailARN") == arn;
        let Some(trail) = trails.unwrap_or_default().iter().find(is_it) else {
            return Ok(Wanted::Gone);
        };
        let status = answers.of(call(
            "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetTrailStatus",
            "GetTrailStatus",
            json!({ "Name": arn }),
        ))?;
        let status = status.and_then(|status| status.get("IsLogging"));
        if status.and_then(Value::as_bool) != Some(true) {
            return Ok(Wanted::Disabled);
        }
        if !is(trail, "IsOrganizationTrail") {
            return Ok(delivered(trail, None));
        }
        let answer = answers.of(organization())?;
        let id = answer.map_or("", |answer| text(answer, "/Organization/Id"));
        Ok(delivered(trail, Some(id)))
    }

    /// Whether it is logging, only the calls that start and stop it say.
    fn claimed(&self, event: &Event) -> Option<Wanted> {
        match event.event_name.as_str() {
            "DeleteTrail" => return Some(Wanted::Gone),
            "StopLogging" | "CreateTrail" => return Some(Wanted::Disabled),
            _ => {}
        }
        let answer = event.detail.get("responseElements")?;
        let organization = is(answer, "isOrganizationTrail").then_some("o-exampleorgid");
        answer.get("s3BucketName")?;
        Some(delivered(answer, organization))
    }
}

pub(crate) fn call(target: &'static str, operation: &'static str, body: Value) -> LookUp {
    LookUp {
        api: &CLOUDTRAIL,
        operation,
        request: Request::Json {
            version: "1.1",
            target,
            body: body.to_string(),
        },
    }
}

fn organization() -> LookUp {
    LookUp {
        api: &ORGANIZATIONS,
        operation: "DescribeOrganization",
        request: Request::Json {
            version: "1.1",
            target: "AWSOrganizationsV20161128.DescribeOrganization",
            body: "{}".to_owned(),
        },
    }
}

/// The API writes its members with a capital, CloudTrail without.
fn member<'a>(trail: &'a Value, name: &str) -> Option<&'a Value> {
    let mut members = trail.as_object()?.iter();
    let found = members.find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

fn is(trail: &Value, name: &str) -> bool {
    member(trail, name).and_then(Value::as_bool) == Some(true)
}

fn delivered(trail: &Value, organization: Option<&str>) -> Wanted {
    let text = |name| {
        member(trail, name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let layout = match organization {
        Some(id) if !is_organization(id) => {
            return Wanted::NoLocation {
                reason: "It is a trail of an organization whose id cannot be looked up, and the id is part of its folders. Let the function's role call organizations:DescribeOrganization.".to_owned(),
            };
        }
        Some(id) => of_organization(id),
        None if is(trail, "IsMultiRegionTrail") => ALL_REGIONS,
        None => ONE_REGION,
    };
    match Destination::new(text("S3BucketName"), text("S3KeyPrefix")) {
        Ok(destination) => Wanted::Table(Delivery {
            destination,
            layout: Some(layout),
            format: None,
        }),
        Err(reason) => Wanted::NoLocation { reason },
    }
}

fn is_organization(id: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let rest = id.strip_prefix("o-").unwrap_or_default();
    (1..=32).contains(&rest.len()) && rest.bytes().all(allowed)
}

/// The name is part of the table's.
fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (3..=128).contains(&name.len()) && name.bytes().all(allowed)
}
