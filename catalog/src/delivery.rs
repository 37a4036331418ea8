//! Vended deliveries, looked up: which log each of them carries.

use crate::arn::Arn;
use crate::listing::Listing;
use crate::log::{Log, Logs};
use crate::log_type::LogType;
use crate::log_types::LOG_TYPES;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items, text};
use crate::shown::shown;
use crate::subject::Subject;
use crate::vended::{Part, Vended};
use serde_json::{Value, json};

const ABSENT: &str = "ResourceNotFoundException";
static API: Api = Api {
    name: "logs",
    endpoint: Endpoint::Regional,
    absent: &[ABSENT],
};

/// Where an id cannot be one, nothing has it, and asking again would not help.
static BY_ID: Api = Api {
    name: "logs",
    endpoint: Endpoint::Regional,
    absent: &[ABSENT, "ValidationException"],
};

pub(crate) static LISTING: Listing = Listing {
    name: "deliveries",
    action: "logs:DescribeDeliveries",
    global: false,
    most: 50,
    ask: |_, page| {
        let page = page.json("limit", "nextToken").into();
        call(
            "Logs_20140328.DescribeDeliveries",
            "DescribeDeliveries",
            &page,
        )
    },
    things: "/deliveries",
    arn: |_, it| text(it, "/arn").to_owned(),
    next: "/nextToken",
};

/// Far more than an account may have.
const MAX_PAGES: usize = 100;

/// The logs that the subject delivers.
pub(crate) fn logs(subject: &Subject, part: &Part, answers: &Answers) -> Result<Logs, LookUp> {
    let (pointer, whole) = match part {
        Part::Delivery(id) => return of_delivery(subject, id, answers),
        Part::Source(name) => ("/deliverySourceName", name),
        Part::Destination(_) => ("/deliveryDestinationArn", &subject.arn),
    };
    let mut found = Logs::default();
    for id in ids(answers, |delivery| text(delivery, pointer) == whole)? {
        let subject = delivery_subject(subject, &id);
        if Part::of(&subject).is_some() {
            found.add(of_delivery(&subject, &id, answers)?);
        }
    }
    Ok(found)
}

fn delivery_subject(near: &Subject, id: &str) -> Subject {
    let (partition, region, account) = (near.partition.name, &near.region, &near.account);
    Subject {
        arn: format!("arn:{partition}:logs:{region}:{account}:delivery:{id}"),
        ..near.clone()
    }
}

/// Of all deliveries there are.
fn ids(answers: &Answers, is: impl Fn(&Value) -> bool) -> Result<Vec<String>, LookUp> {
    let mut ids = Vec::new();
    let mut request = json!({});
    for _ in 0..MAX_PAGES {
        let look_up = call(
            "Logs_20140328.DescribeDeliveries",
            "DescribeDeliveries",
            &request,
        );
        let Some(page) = answers.of(look_up)? else {
            break;
        };
        let found = items(page, "/deliveries").iter().filter(|it| is(it));
        ids.extend(found.map(|delivery| text(delivery, "/id").to_owned()));
        match text(page, "/nextToken") {
            "" => break,
            token => request = json!({ "nextToken": token }),
        }
    }
    Ok(ids)
}

fn of_delivery(subject: &Subject, id: &str, answers: &Answers) -> Result<Logs, LookUp> {
    let Some(delivery) = answers.of(get_delivery(id))? else {
        return Ok(Logs::former(subject));
    };
    let name = text(delivery, "/delivery/deliverySourceName");
    let source = answers.of(call(
        "Logs_20140328.GetDeliverySource",
        "GetDeliverySource",
        &json!({ "name": name }),
    ))?;
    Ok(match source.map(|source| log_of(subject, source)) {
        Some(Ok(log)) => Logs::known(log),
        Some(Err(reason)) => Logs::none(reason),
        None => Logs::none(format!("The delivery source {} is gone.", shown(name))),
    })
}

/// The log of what a delivery source names.
fn log_of(subject: &Subject, source: &Value) -> Result<Log, String> {
    let arn = text(source, "/deliverySource/resourceArns/0");
    let service = arn.parse().map_or(String::new(), |arn: Arn| arn.service);
    let kind = text(source, "/deliverySource/logType");
    let carried = |vended: &Vended| vended.service == service && vended.log_type == kind;
    let log_type = LOG_TYPES
        .iter()
        .find(|it| it.vended.as_ref().is_some_and(carried));
    let log_type = log_type.ok_or_else(|| {
        format!(
            "It delivers {} of {}, which is no log that tables are made for yet.",
            shown(kind),
            shown(arn)
        )
    })?;
    log(log_type, subject, arn).ok_or_else(|| {
        format!(
            "It delivers the log of {}, which is nothing in this account and region that writes {}.",
            shown(arn),
            log_type.name
        )
    })
}

/// The log of that resource, as the delivery carries it.
pub(crate) fn log(log_type: &'static LogType, delivery: &Subject, arn: &str) -> Option<Log> {
    let resource = log_type.settings.resource(&Subject {
        arn: arn.to_owned(),
        ..delivery.clone()
    })?;
    Some(Log {
        log_type,
        resource,
        subject: delivery.clone(),
        schema: Default::default(),
    })
}

pub(crate) fn get_delivery(id: &str) -> LookUp {
    let by_id = json!({ "id": id });
    LookUp {
        api: &BY_ID,
        ..call("Logs_20140328.GetDelivery", "GetDelivery", &by_id)
    }
}

pub(crate) fn call(target: &'static str, operation: &'static str, body: &Value) -> LookUp {
    LookUp {
        api: &API,
        operation,
        request: Request::Json {
            version: "1.1",
            target,
            body: body.to_string(),
        },
    }
}
