//! Where a vended delivery puts its log, and how: what becomes of the log's table.

use crate::chosen;
use crate::column::Column;
use crate::delivery::{call, get_delivery};
use crate::destination::Destination;
use crate::encoding;
use crate::intent::{Delivery, Wanted};
use crate::layout::{Layout, Shared};
use crate::log::Log;
use crate::look_up::{Answers, LookUp, items, text};
use crate::shown::shown;
use crate::subject::Subject;
use crate::suffix_path;
use crate::vended::{Part, Vended};
use serde_json::{Value, json};

/// What becomes of the table of a log that this delivery carries or, where it is gone, carried.
pub(crate) fn wanted(
    log: &Log,
    vended: &Vended,
    id: &str,
    answers: &Answers,
) -> Result<Wanted, LookUp> {
    let Some(delivery) = answers.of(get_delivery(id))? else {
        return Ok(Wanted::Gone);
    };
    let delivery = delivery.get("delivery").unwrap_or(&Value::Null);
    let to = Subject {
        arn: text(delivery, "/deliveryDestinationArn").to_owned(),
        ..log.subject.clone()
    };
    let Some(Part::Destination(name)) = Part::of(&to) else {
        return Ok(nowhere(format!(
            "It is delivered to {}, which only its own account can look up. Deliver it to a destination of this account and region to have a table made.",
            shown(&to.arn)
        )));
    };
    let destination = answers.of(call(
        "Logs_20140328.GetDeliveryDestination",
        "GetDeliveryDestination",
        &json!({ "name": name }),
    ))?;
    let Some(destination) = destination.and_then(|answer| answer.get("deliveryDestination")) else {
        let to = shown(&to.arn);
        return Ok(nowhere(format!("The delivery destination {to} is gone.")));
    };
    let delivered = delivered(log, vended, delivery, destination);
    Ok(delivered.map_or_else(nowhere, Wanted::Table))
}

fn delivered(
    log: &Log,
    vended: &Vended,
    delivery: &Value,
    destination: &Value,
) -> Result<Delivery, String> {
    let pointer = "/deliveryDestinationConfiguration/destinationResourceArn";
    let at = Destination::of_arn(text(destination, pointer))?;
    let layout = suffix_path::layout(
        &log.resource,
        vended,
        at.has_prefix(),
        delivery
            .get("s3DeliveryConfiguration")
            .unwrap_or(&Value::Null),
    )?;
    let fields = items(delivery, "/recordFields")
        .iter()
        .filter_map(Value::as_str);
    let format = encoding::format(
        text(destination, "/outputFormat"),
        text(delivery, "/fieldDelimiter"),
        vended.typed,
        encoding::chosen(log.log_type, vended, fields.collect()),
    )?;
    let columns: Vec<_> = format.columns().cloned().collect();
    let layout = Layout {
        shared: layout
            .shared
            .clone()
            .filter(|shared| tells(shared, &columns)),
        ..chosen::keys_apart(layout, &columns)
    };
    Ok(Delivery {
        destination: at,
        layout: Some(layout),
        format: Some(format),
    })
}

/// Whether a delivery has the fields that tell whose a record is, where some are needed.
fn tells(shared: &Shared, columns: &[Column]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column.name == name);
    shared.columns.iter().all(|(name, _)| has(name))
}

fn nowhere(reason: String) -> Wanted {
    Wanted::NoLocation { reason }
}
