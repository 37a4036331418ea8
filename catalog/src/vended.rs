//! Vended logs: those that CloudWatch Logs delivers for other services. One mechanism, whatever the log: a source (a resource
//! and which of its logs), a destination (a bucket and a format), and a delivery from the one to the other.

use crate::column::Column;
use crate::event::Event;
use crate::layout::Shared;
use crate::pattern::{EventName, EventRule};
use crate::subject::Subject;
use serde_json::Value;

/// What a log type says of itself as a vended log.
#[derive(Debug)]
pub struct Vended {
    /// In the ARN of what writes it, such as `cloudfront`; with it,
    pub service: &'static str,
    /// as AWS names the log, such as `ACCESS_LOGS`.
    pub log_type: &'static str,
    /// The fields of a record, in their order, where the delivery does not say which.
    pub fields: &'static [&'static str],
    /// The columns of those fields that have none of their name in the log type's usual format, or another meaning.
    pub columns: &'static [Column],
    /// Whether Parquet has numbers and booleans as what they are: AWS says so of some logs, and of others that all is text.
    pub typed: bool,
    pub path: Path,
    /// How files are told from those of others in the same folder, where AWS says how they are named.
    pub shared: Option<Shared>,
}

/// Where AWS puts the files of a delivery, in the words of suffix paths.
#[derive(Debug)]
pub struct Path {
    /// In a bucket for which the destination has no prefix.
    pub folder: &'static str,
    /// Whether the delivery's suffix path says that folder, too.
    pub folder_is_told: bool,
    /// The suffix path of deliveries that say none.
    pub suffix: &'static str,
    /// The variables that stand for the resource: for what its ARN ends in.
    pub resource: &'static [&'static str],
}

/// Whatever may change what is delivered, or where to.
pub(crate) const EVENTS: &[EventRule] = &[EventRule {
    source: "aws.logs",
    names: &[
        EventName::Exact("PutDeliverySource"),
        EventName::Exact("PutDeliveryDestination"),
        EventName::Exact("CreateDelivery"),
        EventName::Exact("UpdateDeliveryConfiguration"),
        EventName::Exact("DeleteDelivery"),
    ],
}];

pub(crate) const LOOK_UP_ACTIONS: &[&str] = &[
    "logs:DescribeDeliveries",
    "logs:GetDelivery",
    "logs:GetDeliveryDestination",
    "logs:GetDeliverySource",
];

/// What an event was about: one delivery, or all those from a source or to a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Delivery(String),
    Source(String),
    Destination(String),
}

impl Part {
    pub(crate) fn of(subject: &Subject) -> Option<Self> {
        let resource = subject.resource_of("logs")?;
        let (kind, name) = resource.split_once(':')?;
        let part = match kind {
            "delivery" => Self::Delivery,
            "delivery-source" => Self::Source,
            "delivery-destination" => Self::Destination,
            _ => return None,
        };
        is_name(name).then(|| part(name.to_owned()))
    }
}

/// The subjects of a call to CloudWatch Logs. A new delivery has its id from the answer.
pub(crate) fn subjects(event: &Event) -> Vec<Subject> {
    if !EVENTS.iter().any(|rule| rule.matches(event)) {
        return Vec::new();
    }
    let (kind, name) = match event.event_name.as_str() {
        "PutDeliverySource" => ("delivery-source", event.requested(&["name"])),
        "PutDeliveryDestination" => ("delivery-destination", event.requested(&["name"])),
        "CreateDelivery" => ("delivery", event.answered(&["delivery", "id"])),
        _ => ("delivery", event.requested(&["id"])),
    };
    let (partition, region, account) = (event.partition.name, &event.region, &event.account);
    let arn = |name| format!("arn:{partition}:logs:{region}:{account}:{kind}:{name}");
    let subject = name.and_then(Value::as_str).map(arn);
    let subject = subject.map(|arn| event.subject(arn));
    subject
        .filter(|it| Part::of(it).is_some())
        .into_iter()
        .collect()
}

/// Of a source, a destination or a delivery.
fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&name.len()) && name.bytes().all(allowed)
}
