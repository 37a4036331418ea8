//! Logs of load balancers: switched on, off and elsewhere by attributes of the load balancer.

use crate::column::string;
use crate::destination::Destination;
use crate::event::Event;
use crate::intent::Wanted;
use crate::layout::{Held, Layout, Projection, Shared};
use crate::listing::{Listing, Page};
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items, text};
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::subject::Subject;
use crate::vended::Path;
use serde_json::Value;
use std::collections::BTreeMap;

/// Which load balancers write this log, and which of their attributes hold its settings.
#[derive(Debug)]
pub(crate) struct LoadBalancerLog {
    /// As in ARNs: `app`, `net` or `gwy`.
    pub(crate) kind: &'static str,
    /// What the names of the attributes begin with, such as `access_logs.s3`.
    pub(crate) attributes: &'static str,
}

/// All logs of load balancers lie in the same folders; what the names of the `files` begin with tells them apart.
pub(crate) const fn layout(since: &'static str, files: &'static str) -> Layout {
    let dated = Layout::dated(
        "AWSLogs/{account}/elasticloadbalancing/{region}/",
        "${day}",
        Projection {
            key: string(
                "day",
                "Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day's folder only.",
            ),
            format: "yyyy/MM/dd",
            since,
            unit: "DAYS",
        },
    );
    dated.shared(Shared {
        files,
        rest: "[^/]*",
        columns: &[],
    })
}

/// Where CloudWatch Logs puts them.
pub(crate) const PATH: Path = Path {
    folder: "AWSLogs/{account-id}/elasticloadbalancing",
    folder_is_told: false,
    suffix: "{region}/{yyyy}/{MM}/{dd}",
    resource: &[],
};

/// There nobody says how the files are named, but each record has its load balancer, and its kind has fields of its own.
pub(crate) const fn delivered(columns: &'static [(&'static str, Held)]) -> Shared {
    Shared {
        files: "",
        rest: "[^/]*",
        columns,
    }
}

/// Of both generations of load balancers.
pub(crate) const EVENTS: &[EventRule] = &[EventRule {
    source: "aws.elasticloadbalancing",
    names: &[
        EventName::Exact("ModifyLoadBalancerAttributes"),
        EventName::Exact("DeleteLoadBalancer"),
    ],
}];

/// Where the ARN or the name cannot be one, nothing has it, and asking again would not help. Classic load balancers were
/// access points once.
pub(crate) static API: Api = Api {
    name: "elasticloadbalancing",
    endpoint: Endpoint::Regional,
    absent: &[
        "LoadBalancerNotFound",
        "LoadBalancerNotFoundException",
        "AccessPointNotFound",
        "AccessPointNotFoundException",
        "ValidationError",
    ],
};

static LISTING: Listing = Listing {
    name: "load-balancers",
    action: "elasticloadbalancing:DescribeLoadBalancers",
    global: false,
    most: 400,
    ask: |_, page| list("2015-12-01", page),
    things: "/DescribeLoadBalancersResult/LoadBalancers",
    arn: |_, it| text(it, "/LoadBalancerArn").to_owned(),
    next: "/DescribeLoadBalancersResult/NextMarker",
};

/// Of both generations of load balancers.
pub(crate) fn list(version: &'static str, page: &Page) -> LookUp {
    let mut fields = vec![("PageSize", page.size.to_string())];
    fields.extend(page.token("Marker"));
    LookUp {
        api: &API,
        operation: "DescribeLoadBalancers",
        request: Request::form(version, fields),
    }
}

impl Settings for LoadBalancerLog {
    /// A load balancer is created without attributes.
    fn events(&self) -> &'static [EventRule] {
        EVENTS
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &["elasticloadbalancing:DescribeLoadBalancerAttributes"]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    /// Classic load balancers' calls have the same names, but give a name instead of an ARN: they are not ours.
    fn changed(&self, event: &Event) -> Vec<String> {
        let arn = event
            .requested(&["loadBalancerArn"])
            .and_then(Value::as_str);
        arn.map(str::to_owned).into_iter().collect()
    }

    /// The load balancer, if it is of the right kind, and in the account and region that the event came from.
    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let resource = subject.resource_of(API.name)?;
        let ["loadbalancer", kind, name, id] = *resource.split('/').collect::<Vec<_>>() else {
            return None;
        };
        let whole = kind == self.kind && !name.is_empty() && !id.is_empty();
        whole.then(|| subject.resource(name, false))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let answer = answers.of(LookUp {
            api: &API,
            operation: "DescribeLoadBalancerAttributes",
            request: Request::form("2015-12-01", vec![("LoadBalancerArn", subject.arn.clone())]),
        })?;
        let attributes = "/DescribeLoadBalancerAttributesResult/Attributes";
        Ok(answer.map_or(Wanted::Gone, |answer| {
            let pair = |attribute| (text(attribute, "/Key"), text(attribute, "/Value"));
            self.wanted_of(&items(answer, attributes).iter().map(pair).collect())
        }))
    }

    /// The attributes that the call answered, or asked for.
    fn claimed(&self, event: &Event) -> Option<Wanted> {
        if event.event_name == "DeleteLoadBalancer" {
            return Some(Wanted::Gone);
        }
        let attributes = event
            .answered(&["attributes"])
            .or_else(|| event.requested(&["attributes"]))?
            .as_array()?;
        let pair = |attribute| (text(attribute, "/key"), text(attribute, "/value"));
        Some(self.wanted_of(&attributes.iter().map(pair).collect()))
    }
}

impl LoadBalancerLog {
    fn wanted_of(&self, attributes: &BTreeMap<&str, &str>) -> Wanted {
        let attribute = |name: &str| {
            let key = format!("{}.{name}", self.attributes);
            attributes.get(&*key).copied().unwrap_or_default()
        };
        if attribute("enabled") != "true" {
            return Wanted::Disabled;
        }
        Destination::new(attribute("bucket"), attribute("prefix")).into()
    }
}
