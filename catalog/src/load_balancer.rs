//! Logs of load balancers: switched on, off and elsewhere by attributes of the load balancer.

use crate::arn::Arn;
use crate::column::string;
use crate::destination::Destination;
use crate::event::Event;
use crate::intent::Wanted;
use crate::layout::{Layout, Projection};
use crate::log::Resource;
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::subject::{LookUp, Observed, Subject};
use serde_json::Value;

/// Which load balancers write this log, and which of their attributes hold its settings.
#[derive(Debug)]
pub(crate) struct LoadBalancerLog {
    /// As in ARNs: `app`, `net` or `gwy`.
    pub(crate) kind: &'static str,
    /// What the names of the attributes begin with, such as `access_logs.s3`.
    pub(crate) attributes: &'static str,
}

/// All logs of load balancers lie in the same folders; the names of the files tell them apart.
pub(crate) const fn layout(since: &'static str) -> Layout {
    Layout {
        folder: "AWSLogs/{account}/elasticloadbalancing/{region}/",
        projection: Some(Projection {
            key: string(
                "day",
                "Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day's folder only.",
            ),
            format: "yyyy/MM/dd",
            since,
            unit: "DAYS",
        }),
    }
}

impl Settings for LoadBalancerLog {
    /// A load balancer is created without attributes.
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.elasticloadbalancing",
            names: &[
                EventName::Exact("ModifyLoadBalancerAttributes"),
                EventName::Exact("DeleteLoadBalancer"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &["elasticloadbalancing:DescribeLoadBalancerAttributes"]
    }

    /// Classic load balancers' calls have the same names, but give a name instead of an ARN: they are not ours.
    fn subject(&self, event: &Event) -> Option<Subject> {
        let arn = event.requested(&["loadBalancerArn"])?.as_str()?.to_owned();
        let subject = event.subject(LookUp::LoadBalancerAttributes { arn });
        self.resource(&subject).is_some().then_some(subject)
    }

    /// The attributes that the call answered, or asked for.
    fn claimed(&self, event: &Event) -> Option<Observed> {
        if event.event_name == "DeleteLoadBalancer" {
            return Some(Observed::Gone);
        }
        let attributes = event
            .answered(&["attributes"])
            .or_else(|| event.requested(&["attributes"]))?
            .as_array()?;
        let text = |attribute: &Value, key: &str| attribute.get(key)?.as_str().map(str::to_owned);
        let pair = |attribute| Some((text(attribute, "key")?, text(attribute, "value")?));
        Some(Observed::Attributes(
            attributes.iter().filter_map(pair).collect(),
        ))
    }

    /// The load balancer, if it is of the right kind, and in the account and region that the event came from.
    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let LookUp::LoadBalancerAttributes { arn: text } = &subject.look_up else {
            return None;
        };
        let arn: Arn = text.parse().ok()?;
        let ["loadbalancer", kind, name, id] = *arn.resource.split('/').collect::<Vec<_>>() else {
            return None;
        };
        let whole = kind == self.kind && !name.is_empty() && !id.is_empty();
        (whole && subject.owns(&arn, "elasticloadbalancing"))
            .then(|| subject.resource(text, name, false))
    }

    fn wanted(&self, observed: &Observed) -> Wanted {
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
        Destination::new(attribute("bucket"), attribute("prefix")).into()
    }
}
