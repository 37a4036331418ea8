//! Query logs of Route 53 Resolver: a configuration says where they go, and is in force for the VPCs that are associated
//! with it.

use std::borrow::Cow;

use crate::column::string;
use crate::event::Event;
use crate::intent::Wanted;
use crate::layout::{Key, Layout, Projection, Values};
use crate::listing::Listing;
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, text};
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::stream::{self, Handed, Records};
use crate::subject::Subject;
use serde_json::{Value, json};

#[derive(Debug)]
pub(crate) struct QueryLog;

static API: Api = Api {
    name: "route53resolver",
    endpoint: Endpoint::Regional,
    absent: &["ResourceNotFoundException"],
};

static LISTING: Listing = Listing {
    name: "query-log-configurations",
    action: "route53resolver:ListResolverQueryLogConfigs",
    global: false,
    most: 100,
    ask: |_, page| LookUp {
        api: &API,
        operation: "ListResolverQueryLogConfigs",
        request: Request::Json {
            version: "1.1",
            target: "Route53Resolver.ListResolverQueryLogConfigs",
            body: Value::from(page.json("MaxResults", "NextToken")).to_string(),
        },
    },
    things: "/ResolverQueryLogConfigs",
    arn: |_, it| text(it, "/Arn").to_owned(),
    next: "/NextToken",
};

/// A record names its VPC, but not the configuration that it was written for.
const HANDED: Handed = Handed {
    records: Records::RunTogether,
    columns: &[],
};

/// No folder for the region, but one for each VPC: there may be any number, and they come and go.
pub(crate) const LAYOUT: Layout = Layout {
    folder: Cow::Borrowed("AWSLogs/{account}/vpcdnsquerylogs/"),
    below: Cow::Borrowed("${vpc}/${day}"),
    keys: Cow::Borrowed(&[Key {
        column: string("vpc", "Id of the VPC; every query has to name one."),
        values: Values::Injected,
    }]),
    projection: Some(Projection {
        key: string(
            "day",
            "Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day's folder only.",
        ),
        format: "yyyy/MM/dd",
        since: "2020/08/01",
        unit: "DAYS",
    }),
    shared: None,
};

impl Settings for QueryLog {
    /// A configuration that is created logs nothing until a VPC is associated with it.
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.route53resolver",
            names: &[
                EventName::Exact("CreateResolverQueryLogConfig"),
                EventName::Exact("AssociateResolverQueryLogConfig"),
                EventName::Exact("DisassociateResolverQueryLogConfig"),
                EventName::Exact("DeleteResolverQueryLogConfig"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        // AWS's list of actions says that the look-up depends on the first.
        &[
            "ec2:DescribeVpcs",
            "firehose:DescribeDeliveryStream",
            "route53resolver:GetResolverQueryLogConfig",
        ]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    /// A new configuration has its id from the answer.
    fn changed(&self, event: &Event) -> Vec<String> {
        let id = event
            .requested(&["resolverQueryLogConfigId"])
            .or_else(|| event.answered(&["resolverQueryLogConfig", "id"]))
            .and_then(Value::as_str);
        let (partition, region, account) = (event.partition.name, &event.region, &event.account);
        let arn = |id| {
            format!(
                "arn:{partition}:route53resolver:{region}:{account}:resolver-query-log-config/{id}"
            )
        };
        id.map(arn).into_iter().collect()
    }

    fn other_keys(&self) -> &'static [Key] {
        stream::KEYS
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let id = id_of(subject)?;
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let whole = (1..=64).contains(&id.len()) && id.bytes().all(allowed);
        whole.then(|| subject.resource(&id, false))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let id = id_of(subject).unwrap_or_default();
        let config = answers.of(LookUp {
            api: &API,
            operation: "GetResolverQueryLogConfig",
            request: Request::Json {
                version: "1.1",
                target: "Route53Resolver.GetResolverQueryLogConfig",
                body: json!({ "ResolverQueryLogConfigId": id }).to_string(),
            },
        })?;
        let Some(config) = config else {
            return Ok(Wanted::Gone);
        };
        let count = config.pointer("/ResolverQueryLogConfig/AssociationCount");
        if count.and_then(Value::as_u64).unwrap_or_default() == 0 {
            return Ok(Wanted::Disabled);
        }
        let arn = text(config, "/ResolverQueryLogConfig/DestinationArn");
        stream::wanted(arn, HANDED, subject, answers)
    }

    fn claimed(&self, event: &Event) -> Option<Wanted> {
        if event.event_name == "DeleteResolverQueryLogConfig" {
            return Some(Wanted::Gone);
        }
        let arn = event
            .answered(&["resolverQueryLogConfig", "destinationArn"])
            .or_else(|| event.requested(&["destinationArn"]))?;
        let subject = event.subject(String::new());
        stream::wanted(arn.as_str()?, HANDED, &subject, &Answers::default()).ok()
    }
}

fn id_of(subject: &Subject) -> Option<String> {
    let resource = subject.resource_of(API.name)?;
    let id = resource.strip_prefix("resolver-query-log-config/");
    id.map(str::to_owned)
}
