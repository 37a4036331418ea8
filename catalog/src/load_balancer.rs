//! Logs of load balancers: switched on, off and elsewhere by attributes of the load balancer.

use crate::arn::Arn;
use crate::destination::Destination;
use crate::event::Event;
use crate::intent::{Resource, Wanted};
use crate::pattern::{EventName, EventRule};
use crate::subject::{LookUp, Observed, Subject};
use serde_json::Value;

/// Which load balancers write this log, and which of their attributes hold its settings.
#[derive(Debug, Clone, Copy)]
pub struct LoadBalancerLog {
    /// As in ARNs: `app`, `net` or `gwy`.
    pub kind: &'static str,
    /// What the names of the attributes begin with, such as `access_logs.s3`.
    pub attributes: &'static str,
}

/// The calls that can change any of them. A load balancer is created without attributes.
pub(crate) const EVENTS: &[EventRule] = &[EventRule {
    source: "aws.elasticloadbalancing",
    names: &[
        EventName::Exact("ModifyLoadBalancerAttributes"),
        EventName::Exact("DeleteLoadBalancer"),
    ],
}];

/// The attributes that the call answered, or asked for.
pub(crate) fn claimed(event: &Event) -> Option<Observed> {
    if event.event_name == "DeleteLoadBalancer" {
        return Some(Observed::Gone);
    }
    let said = |part: &str| event.detail.get(part)?.get("attributes")?.as_array();
    let attributes = said("responseElements").or_else(|| said("requestParameters"))?;
    let text = |attribute: &Value, key: &str| attribute.get(key)?.as_str().map(str::to_owned);
    let pair = |attribute| Some((text(attribute, "key")?, text(attribute, "value")?));
    Some(Observed::Attributes(
        attributes.iter().filter_map(pair).collect(),
    ))
}

impl LoadBalancerLog {
    /// Classic load balancers' calls have the same names, but give a name instead of an ARN: they are not ours.
    pub(crate) fn subject(&self, event: &Event) -> Option<Subject> {
        let arn = event.parameter("loadBalancerArn")?.to_owned();
        let subject = Subject {
            account: event.account.clone(),
            region: event.region.clone(),
            partition: event.partition,
            look_up: LookUp::LoadBalancerAttributes { arn },
        };
        self.resource(&subject).is_some().then_some(subject)
    }

    /// The load balancer, if it is of the right kind, and in the account and region that the event came from.
    pub(crate) fn resource(&self, subject: &Subject) -> Option<Resource> {
        let LookUp::LoadBalancerAttributes { arn: text } = &subject.look_up;
        let arn: Arn = text.parse().ok()?;
        let here = arn.account == subject.account && arn.region == subject.region;
        let ours = arn.partition == subject.partition.name && arn.service == "elasticloadbalancing";
        let ["loadbalancer", kind, name, id] = *arn.resource.split('/').collect::<Vec<_>>() else {
            return None;
        };
        let whole = kind == self.kind && !name.is_empty() && !id.is_empty();
        (here && ours && whole).then(|| Resource {
            arn: text.clone(),
            name: name.to_owned(),
            account: arn.account.clone(),
            region: arn.region.clone(),
            partition: subject.partition,
        })
    }

    pub(crate) fn wanted(&self, observed: &Observed) -> Wanted {
        let Observed::Attributes(attributes) = observed else {
            return Wanted::Gone;
        };
        let attribute = |name: &str| {
            attributes
                .get(&format!("{}.{name}", self.attributes))
                .map_or("", String::as_str)
        };
        if attribute("enabled") != "true" {
            return Wanted::Disabled;
        }
        match Destination::new(attribute("bucket"), attribute("prefix")) {
            Ok(destination) => Wanted::Table(destination),
            Err(reason) => Wanted::NoLocation { reason },
        }
    }
}
