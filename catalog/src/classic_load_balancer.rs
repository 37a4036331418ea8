//! The log of classic load balancers, which have names where later ones have ARNs, and calls of the same names in an older API.

use crate::destination::Destination;
use crate::event::Event;
use crate::intent::Wanted;
use crate::listing::Listing;
use crate::load_balancer::{API, EVENTS, list};
use crate::log::Resource;
use crate::look_up::{Answers, LookUp, Request, text};
use crate::pattern::EventRule;
use crate::settings::Settings;
use crate::subject::Subject;
use serde_json::Value;

#[derive(Debug)]
pub(crate) struct ClassicLoadBalancerLog;

impl Settings for ClassicLoadBalancerLog {
    fn events(&self) -> &'static [EventRule] {
        EVENTS
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &["elasticloadbalancing:DescribeLoadBalancerAttributes"]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    /// Later load balancers' calls give an ARN: they are not ours, whatever else they give.
    fn changed(&self, event: &Event) -> Vec<String> {
        if event.requested(&["loadBalancerArn"]).is_some() {
            return Vec::new();
        }
        let name = event
            .requested(&["loadBalancerName"])
            .and_then(Value::as_str);
        let there = event.subject(String::new());
        name.map(|name| arn(&there, name)).into_iter().collect()
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let name = name_of(subject)?;
        is_name(&name).then(|| subject.resource(&name, false))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let name = name_of(subject).unwrap_or_default();
        let answer = answers.of(LookUp {
            api: &API,
            operation: "DescribeLoadBalancerAttributes",
            request: Request::form("2012-06-01", vec![("LoadBalancerName", name)]),
        })?;
        Ok(answer.map_or(Wanted::Gone, |answer| {
            let log = "/DescribeLoadBalancerAttributesResult/LoadBalancerAttributes/AccessLog";
            let setting = |name: &str| text(answer, &format!("{log}/{name}"));
            wanted_of(
                setting("Enabled") == "true",
                setting("S3BucketName"),
                setting("S3BucketPrefix"),
            )
        }))
    }

    /// The settings that the call answered, or asked for; it may have been about others.
    fn claimed(&self, event: &Event) -> Option<Wanted> {
        if event.event_name == "DeleteLoadBalancer" {
            return Some(Wanted::Gone);
        }
        let log = ["loadBalancerAttributes", "accessLog"];
        let log = event.answered(&log).or_else(|| event.requested(&log))?;
        let enabled = log.get("enabled")?;
        Some(wanted_of(
            enabled == true || enabled == "true",
            text(log, "/s3BucketName"),
            text(log, "/s3BucketPrefix"),
        ))
    }
}

static LISTING: Listing = Listing {
    name: "classic-load-balancers",
    action: "elasticloadbalancing:DescribeLoadBalancers",
    global: false,
    most: 400,
    ask: |_, page| list("2012-06-01", page),
    things: "/DescribeLoadBalancersResult/LoadBalancerDescriptions",
    arn: |source, it| {
        arn(
            &source.subject(String::new()),
            text(it, "/LoadBalancerName"),
        )
    },
    next: "/DescribeLoadBalancersResult/NextMarker",
};

fn arn(there: &Subject, name: &str) -> String {
    let (partition, region, account) = (there.partition.name, &there.region, &there.account);
    format!(
        "arn:{partition}:{}:{region}:{account}:loadbalancer/{name}",
        API.name
    )
}

fn name_of(subject: &Subject) -> Option<String> {
    let resource = subject.resource_of(API.name)?;
    resource.strip_prefix("loadbalancer/").map(str::to_owned)
}

/// What the service allows. The name is all there is of a classic load balancer, so it has to be one.
fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=32).contains(&name.len()) && name.bytes().all(allowed)
}

fn wanted_of(enabled: bool, bucket: &str, prefix: &str) -> Wanted {
    if !enabled {
        return Wanted::Disabled;
    }
    Destination::new(bucket, prefix).into()
}
