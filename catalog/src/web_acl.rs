//! Logs of web ACLs: switched on, off and elsewhere by a logging configuration, which names one destination by its ARN.

use crate::arn::Arn;
use crate::destination::Destination;
use crate::event::Event;
use crate::intent::Wanted;
use crate::log::Resource;
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::subject::{LookUp, Observed, Subject};
use serde_json::Value;

#[derive(Debug)]
pub(crate) struct WebAclLog;

impl Settings for WebAclLog {
    /// A web ACL is created without a logging configuration; Firewall Manager puts them as anybody does.
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.wafv2",
            names: &[
                EventName::Exact("PutLoggingConfiguration"),
                EventName::Exact("DeleteLoggingConfiguration"),
                EventName::Exact("DeleteWebACL"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &["wafv2:GetLoggingConfiguration"]
    }

    fn subject(&self, event: &Event) -> Option<Subject> {
        let arn = resource_arn(event).or_else(|| deleted_arn(event))?;
        let subject = event.subject(LookUp::WebAclLogging { arn });
        (is_customers(event) && self.resource(&subject).is_some()).then_some(subject)
    }

    fn claimed(&self, event: &Event) -> Option<Observed> {
        match event.event_name.as_str() {
            "DeleteWebACL" => return Some(Observed::Gone),
            "DeleteLoggingConfiguration" => return Some(Observed::Destinations(Vec::new())),
            _ => {}
        }
        let arns = event
            .requested(&["loggingConfiguration", "logDestinationConfigs"])?
            .as_array()?;
        let arns = arns.iter().filter_map(Value::as_str);
        Some(Observed::Destinations(arns.map(str::to_owned).collect()))
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let LookUp::WebAclLogging { arn: text } = &subject.look_up else {
            return None;
        };
        let arn: Arn = text.parse().ok()?;
        let (global, name) = match *arn.resource.split('/').collect::<Vec<_>>() {
            ["regional", "webacl", name, _] => (false, name),
            ["global", "webacl", name, _] => (true, name),
            _ => return None,
        };
        (is_name(name) && subject.owns(&arn, "wafv2")).then(|| subject.resource(text, name, global))
    }

    fn wanted(&self, observed: &Observed) -> Wanted {
        let Observed::Destinations(arns) = observed else {
            return Wanted::Gone;
        };
        match arns.first() {
            Some(arn) => Destination::of_arn(arn).into(),
            None => Wanted::Disabled,
        }
    }
}

/// Security Lake and CloudWatch keep configurations of their own beside the customer's, and look after what they log.
fn is_customers(event: &Event) -> bool {
    let scope = event
        .requested(&["loggingConfiguration", "logScope"])
        .or_else(|| event.requested(&["logScope"]));
    scope.is_none_or(|scope| scope.is_null() || scope == "CUSTOMER")
}

fn resource_arn(event: &Event) -> Option<String> {
    let arn = event
        .requested(&["loggingConfiguration", "resourceArn"])
        .or_else(|| event.requested(&["resourceArn"]))?;
    arn.as_str().map(str::to_owned)
}

/// `DeleteWebACL` names its ACL in parts.
fn deleted_arn(event: &Event) -> Option<String> {
    let part = |name: &str| event.requested(&[name])?.as_str();
    let scope = match part("scope")? {
        "REGIONAL" => "regional",
        "CLOUDFRONT" => "global",
        _ => return None,
    };
    let (partition, region, account) = (event.partition.name, &event.region, &event.account);
    let (name, id) = (part("name")?, part("id")?);
    Some(format!(
        "arn:{partition}:wafv2:{region}:{account}:{scope}/webacl/{name}/{id}"
    ))
}

/// The name is a folder of the table's location, so it has to be one that WAF allows.
fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=128).contains(&name.len()) && name.bytes().all(allowed)
}
