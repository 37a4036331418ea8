//! Logs of web ACLs: switched on, off and elsewhere by a logging configuration, which names one destination by its ARN.

use crate::event::Event;
use crate::intent::Wanted;
use crate::layout::{Held, Key};
use crate::listing::{Listing, Page};
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items, text};
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::stream::{self, Handed, Records};
use crate::subject::Subject;
use serde_json::{Value, json};

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
        &[
            "firehose:DescribeDeliveryStream",
            "wafv2:GetLoggingConfiguration",
        ]
    }

    fn listings(&self) -> &'static [Listing] {
        &LISTINGS
    }

    fn changed(&self, event: &Event) -> Vec<String> {
        let arn = resource_arn(event).or_else(|| deleted_arn(event));
        arn.filter(|_| is_customers(event)).into_iter().collect()
    }

    fn other_keys(&self) -> &'static [Key] {
        stream::KEYS
    }

    fn may_have_view(&self) -> bool {
        true
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let resource = subject.resource_of(API.name)?;
        let (global, name) = match *resource.split('/').collect::<Vec<_>>() {
            ["regional", "webacl", name, _] => (false, name),
            ["global", "webacl", name, _] => (true, name),
            _ => return None,
        };
        is_name(name).then(|| subject.resource(name, global))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let answer = answers.of(LookUp {
            api: &API,
            operation: "GetLoggingConfiguration",
            request: Request::Json {
                version: "1.1",
                target: "AWSWAF_20190729.GetLoggingConfiguration",
                body: json!({ "ResourceArn": subject.arn, "LogScope": "CUSTOMER" }).to_string(),
            },
        })?;
        let destinations =
            answer.map(|answer| items(answer, "/LoggingConfiguration/LogDestinationConfigs"));
        wanted_of(destinations.unwrap_or_default(), subject, answers)
    }

    fn claimed(&self, event: &Event) -> Option<Wanted> {
        match event.event_name.as_str() {
            "DeleteWebACL" => return Some(Wanted::Gone),
            "DeleteLoggingConfiguration" => return Some(Wanted::Disabled),
            _ => {}
        }
        let arns = event.requested(&["loggingConfiguration", "logDestinationConfigs"])?;
        let subject = event.subject(String::new());
        wanted_of(arns.as_array()?, &subject, &Answers::default()).ok()
    }
}

/// WAF has one answer for a web ACL without a logging configuration and for none of that name: either way nothing is logged.
static API: Api = Api {
    name: "wafv2",
    endpoint: Endpoint::Regional,
    absent: &["WAFNonexistentItemException"],
};

/// Of all web ACLs, it names those alone that have a log: the table of one that has it no more is known by itself.
static LISTINGS: [Listing; 2] = [
    Listing {
        name: "web-acls",
        action: "wafv2:ListLoggingConfigurations",
        global: false,
        most: 100,
        ask: |_, page| list("REGIONAL", page),
        things: "/LoggingConfigurations",
        arn: |_, it| text(it, "/ResourceArn").to_owned(),
        next: "/NextMarker",
    },
    Listing {
        name: "global-web-acls",
        action: "wafv2:ListLoggingConfigurations",
        global: true,
        most: 100,
        ask: |_, page| list("CLOUDFRONT", page),
        things: "/LoggingConfigurations",
        arn: |_, it| text(it, "/ResourceArn").to_owned(),
        next: "/NextMarker",
    },
];

fn list(scope: &str, page: &Page) -> LookUp {
    let mut body = page.json("Limit", "NextMarker");
    body.insert("Scope".to_owned(), scope.into());
    body.insert("LogScope".to_owned(), "CUSTOMER".into());
    LookUp {
        api: &API,
        operation: "ListLoggingConfigurations",
        request: Request::Json {
            version: "1.1",
            target: "AWSWAF_20190729.ListLoggingConfigurations",
            body: Value::from(body).to_string(),
        },
    }
}

/// Several web ACLs may have one stream.
const HANDED: Handed = Handed {
    records: Records::Lines,
    columns: &[("webaclid", Held::Value("{arn}"))],
};

/// A configuration has one destination.
fn wanted_of(arns: &[Value], subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
    match arns.first().and_then(Value::as_str) {
        Some(arn) => stream::wanted(arn, HANDED, subject, answers),
        None => Ok(Wanted::Disabled),
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
