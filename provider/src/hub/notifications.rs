//! What the function says to people: whether it does, where, and who hears of it.

use tfplugin::{Attribute, Diagnostic, Path, Value};

use super::{Model, names::Names, parts::Found};
use crate::aws::{Tags, Topic};
use crate::{documents, model, validate};

pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::bool(
            "enable_sns_notifications",
            "Whether the function tells a topic of SNS of each table that it makes, changes or marks, and of each failure. Turning it \
             off removes the topic made here, with whoever has subscribed to it. Alarms of this account may publish there, too.",
        )
        .default(false),
        Attribute::string(
            "notification_email",
            "E-mail address that gets what is published to the topic made here, once it has confirmed what SNS sends it. The topic \
             keeps it in a tag. One that never does cannot be removed: AWS forgets it after 48 hours, and the next apply asks again.",
        )
        .optional()
        .validate(validate::email),
        Attribute::string(
            "notification_topic_arn",
            "ARN of the topic. Default: one made here, `<function_name>-notifications`, where notifications are on.",
        )
        .optional()
        .computed()
        .validate(validate::topic_arn),
    ]
}

/// The topic that the function publishes to, where it does.
pub(super) fn topic_arn(names: &Names, model: &Model) -> Option<String> {
    let is_on = model.enable_sns_notifications.known() == Some(&true);
    let given = model.notification_topic_arn.as_str().map(str::to_owned);
    is_on.then(|| given.unwrap_or_else(|| names.topic_arn()))
}

/// The topic with our name for it.
pub(super) fn topic(names: &Names, model: &Model, tags: &Tags) -> Topic {
    let arn = names.topic_arn();
    let policy = documents::topic(&arn, &names.account);
    let email = model.notification_email.as_str();
    Topic::new(&names.region, names.topic(), arn, policy, email, tags)
}

pub(super) fn planned_arn(config: &Model, names: Option<&Names>) -> Value<String> {
    if !config.notification_topic_arn.is_null() {
        return config.notification_topic_arn.clone();
    }
    match config.enable_sns_notifications {
        Value::Known(true) => names.map_or(Value::Unknown, |it| it.topic_arn().into()),
        Value::Unknown => Value::Unknown,
        _ => Value::Null,
    }
}

/// What AWS holds: the function knows the topic, and the topic knows the address.
pub(super) fn show(model: &mut Model, names: &Names, found: &Found, held: Option<&String>) {
    model.enable_sns_notifications = held.is_some().into();
    model.notification_topic_arn = match held {
        Some(arn) if *arn == names.topic_arn() => model::when(&found.topic, arn.clone()),
        held => held.cloned().into(),
    };
    let email = found.topic.as_ref().and_then(|topic| topic.email.clone());
    model.notification_email = email.into();
}

/// What would have no effect.
pub(super) fn wrong(config: &Model) -> Option<Diagnostic> {
    let is_off = match config.enable_sns_notifications {
        Value::Unknown => return None,
        Value::Known(is_on) => !is_on,
        Value::Null => true,
    };
    let is_theirs = config.notification_topic_arn.is_known();
    let said = [
        ("notification_topic_arn", is_theirs && is_off),
        (
            "notification_email",
            config.notification_email.is_known() && (is_off || is_theirs),
        ),
    ];
    let (attribute, _) = said.into_iter().find(|(_, unused)| *unused)?;
    let summary = format!("{attribute} would have no effect");
    let next = if is_off {
        format!("Set enable_sns_notifications to true, or leave {attribute} out.")
    } else {
        "It is for the topic made here, and notification_topic_arn brings another. Subscribe the address to that one, and leave \
         notification_email out."
            .to_owned()
    };
    Some(Diagnostic::error(summary, next).at(Path::attribute(attribute)))
}
