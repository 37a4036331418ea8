//! Logs that go through a Firehose stream: where in S3 it puts them, and how, the stream itself is asked. One that changes later
//! is followed with the next change of its log.

mod place;
mod readable;

use crate::destination::Destination;
use crate::intent::{Delivery, Wanted};
use crate::layout::{Held, Shared};
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items};
use crate::shown::shown;
use crate::subject::Subject;
use serde_json::{Value, json};

pub(crate) use place::KEYS;
pub(crate) use readable::Records;

/// How a service hands a log to a stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Handed {
    pub(crate) records: Records,
    /// What the columns hold in its records, and not in those of others that the same stream gets; empty where none tells.
    pub(crate) columns: &'static [(&'static str, Held)],
}

static API: Api = Api {
    name: "firehose",
    endpoint: Endpoint::Regional,
    absent: &["ResourceNotFoundException"],
};

/// What becomes of the table of a log that goes to this ARN: of a stream, which has to be looked up, or of anything else.
pub(crate) fn wanted(
    arn: &str,
    handed: Handed,
    subject: &Subject,
    answers: &Answers,
) -> Result<Wanted, LookUp> {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    let ["arn", _, "firehose", region, account, resource] = *parts else {
        return Ok(Destination::of_arn(arn).into());
    };
    if region != subject.region || account != subject.account {
        return Ok(no_location(format!(
            "The log goes to {}: a Firehose stream of another account or region, which is not asked where it writes. Send it \
             to an S3 bucket to have a table made.",
            shown(arn)
        )));
    }
    let name = resource.strip_prefix("deliverystream/").unwrap_or(resource);
    let answer = answers.of(LookUp {
        api: &API,
        operation: "DescribeDeliveryStream",
        request: Request::Json {
            version: "1.1",
            target: "Firehose_20150804.DescribeDeliveryStream",
            body: json!({ "DeliveryStreamName": name }).to_string(),
        },
    })?;
    let Some(stream) = answer else {
        let name = shown(name);
        return Ok(no_location(format!(
            "The log goes to the Firehose stream {name}, which does not exist."
        )));
    };
    Ok(delivered(name, stream, handed))
}

/// The ARN of a stream that a service names without one.
pub(crate) fn arn(name: &str, subject: &Subject) -> String {
    let (partition, region) = (subject.partition.name, &subject.region);
    let account = &subject.account;
    format!("arn:{partition}:firehose:{region}:{account}:deliverystream/{name}")
}

/// Streams that end elsewhere have a bucket, too: for what failed, within the settings of that other place.
fn delivered(name: &str, stream: &Value, handed: Handed) -> Wanted {
    let destination = items(stream, "/DeliveryStreamDescription/Destinations").first();
    let s3 = [
        "ExtendedS3DestinationDescription",
        "S3DestinationDescription",
    ]
    .iter()
    .find_map(|kind| destination?.get(kind));
    let fault = match s3 {
        None => Some((
            "hands it on to something else than S3",
            "Send it to an S3 bucket, or to a stream that ends in one",
        )),
        Some(s3) => readable::fault(s3, handed.records),
    };
    if let Some((fault, remedy)) = fault {
        let name = shown(name);
        return no_location(format!(
            "The log goes to the Firehose stream {name}, which {fault}. {remedy}, to have a table made."
        ));
    }
    let place = place::of(s3.unwrap_or(&Value::Null));
    place.map_or_else(no_location, |delivery| {
        Wanted::Table(handed.told_apart(delivery))
    })
}

impl Handed {
    /// Whatever one stream gets lies in the same files.
    fn told_apart(self, delivery: Delivery) -> Delivery {
        let shared = Shared {
            files: "",
            rest: "[^/]*",
            columns: self.columns,
        };
        let layout = delivery.layout.map(|layout| match self.columns {
            [] => layout,
            _ => layout.shared(shared),
        });
        Delivery { layout, ..delivery }
    }
}

fn no_location(reason: String) -> Wanted {
    Wanted::NoLocation { reason }
}
