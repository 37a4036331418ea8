//! Logs of firewalls of Network Firewall: switched on, off and elsewhere by one logging configuration, which has a destination for
//! each kind of log.

use crate::column::Type::{Boolean, String as Text, Struct};
use crate::column::{Column, Time, Type, string, time};
use crate::destination::{Destination, elsewhere};
use crate::event::{Event, find};
use crate::intent::Wanted;
use crate::layout::{Held, Key, Layout, Projection};
use crate::listing::Listing;
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items};
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::shown::shown;
use crate::stream::{self, Handed, Records};
use crate::subject::Subject;
use serde_json::{Value, json};

#[derive(Debug)]
pub(crate) struct FirewallLog {
    /// As in the configuration: `ALERT`, `FLOW` or `TLS`.
    pub(crate) kind: &'static str,
    /// What tells its records where others come through the same stream: see `told`.
    pub(crate) columns: &'static [(&'static str, Held)],
}

/// The firewall, and what Suricata calls the kind of the event.
pub(crate) const fn told(event_type: Held) -> [(&'static str, Held); 2] {
    [
        ("firewall_name", Held::Value("{name}")),
        ("event.event_type", event_type),
    ]
}

/// The folder differs in the kind of log only.
pub(crate) const fn layout(folder: &'static str, since: &'static str) -> Layout {
    Layout::dated(
        folder,
        "${hour}",
        Projection {
            key: string(
                "hour",
                "Hour of delivery (UTC) as yyyy/MM/dd/HH; bound it in every query to read those hours' folders only.",
            ),
            format: "yyyy/MM/dd/HH",
            since,
            unit: "HOURS",
        },
    )
}

/// Every record is an envelope of these, and the event. The time is a text in some logs, and a number in others.
pub(crate) const FIREWALL_NAME: Column = string("firewall_name", "The firewall.");
pub(crate) const AVAILABILITY_ZONE: Column = string(
    "availability_zone",
    "Availability Zone of the firewall's endpoint.",
);
pub(crate) const EVENT_TIMESTAMP: Column = time(
    "event_timestamp",
    Time::Epoch,
    "When the record was made, in seconds since 1970.",
);

pub(crate) const TLS_ERROR: Type = Struct(&[("error_message", Text)]);
pub(crate) const REVOCATION_CHECK: Type =
    Struct(&[("leaf_cert_fpr", Text), ("status", Text), ("action", Text)]);
/// AWS's own statement has the flags in `netflow`, where no record has them.
pub(crate) const TCP: Type = Struct(&[
    ("tcp_flags", Text),
    ("tcp_flags_ts", Text),
    ("tcp_flags_tc", Text),
    ("syn", Boolean),
    ("fin", Boolean),
    ("rst", Boolean),
    ("psh", Boolean),
    ("ack", Boolean),
    ("urg", Boolean),
    ("ecn", Boolean),
    ("cwr", Boolean),
]);

impl Settings for FirewallLog {
    /// A firewall is created without a logging configuration, and no call deletes one: it is updated to hold less.
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.network-firewall",
            names: &[
                EventName::Exact("UpdateLoggingConfiguration"),
                EventName::Exact("DeleteFirewall"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        // It asks for the deliveries behind the configuration on the caller's behalf.
        &[
            "firehose:DescribeDeliveryStream",
            "logs:GetLogDelivery",
            "logs:ListLogDeliveries",
            "network-firewall:DescribeLoggingConfiguration",
        ]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    /// The calls take the ARN, the name, or both.
    fn changed(&self, event: &Event) -> Vec<String> {
        let requested = |name: &str| event.requested(&[name]).and_then(Value::as_str);
        let arn = requested("firewallArn").map(str::to_owned);
        let of_name = || {
            let (partition, region) = (event.partition.name, &event.region);
            let (account, name) = (&event.account, requested("firewallName")?);
            Some(format!(
                "arn:{partition}:network-firewall:{region}:{account}:firewall/{name}"
            ))
        };
        arn.or_else(of_name).into_iter().collect()
    }

    fn other_keys(&self) -> &'static [Key] {
        stream::KEYS
    }

    fn may_have_view(&self) -> bool {
        true
    }

    /// Network Firewall takes the prefix as it is: the keys of the log's files begin with that slash, too.
    fn destination(&self, bucket: &str, prefix: &str) -> Result<Destination, String> {
        if prefix.starts_with('/') {
            return Err(format!(
                "The prefix {} begins with a slash, so the log's files lie in a folder without a name, where no table can point. \
                 Remove that slash from the firewall's logging configuration to have a table made.",
                shown(prefix)
            ));
        }
        Destination::new(bucket, prefix)
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let resource = subject.resource_of(API.name)?;
        let name = resource.strip_prefix("firewall/")?;
        is_name(name).then(|| subject.resource(name, false))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let answer = answers.of(LookUp {
            api: &API,
            operation: "DescribeLoggingConfiguration",
            request: Request::Json {
                version: "1.0",
                target: "NetworkFirewall_20201112.DescribeLoggingConfiguration",
                body: json!({ "FirewallArn": subject.arn }).to_string(),
            },
        })?;
        let Some(answer) = answer else {
            return Ok(Wanted::Gone);
        };
        let configs = items(answer, "/LoggingConfiguration/LogDestinationConfigs");
        self.wanted_of(configs, subject, answers)
    }

    /// Each call has the whole configuration; without one it turns every log off.
    fn claimed(&self, event: &Event) -> Option<Wanted> {
        if event.event_name == "DeleteFirewall" {
            return Some(Wanted::Gone);
        }
        let configs = event
            .requested(&["loggingConfiguration", "logDestinationConfigs"])
            .and_then(Value::as_array);
        let configs = configs.map(Vec::as_slice).unwrap_or_default();
        let subject = event.subject(String::new());
        self.wanted_of(configs, &subject, &Answers::default()).ok()
    }
}

static API: Api = Api {
    name: "network-firewall",
    endpoint: Endpoint::Regional,
    absent: &["ResourceNotFoundException"],
};

static LISTING: Listing = Listing {
    name: "firewalls",
    action: "network-firewall:ListFirewalls",
    global: false,
    most: 100,
    ask: |_, page| LookUp {
        api: &API,
        operation: "ListFirewalls",
        request: Request::Json {
            version: "1.0",
            target: "NetworkFirewall_20201112.ListFirewalls",
            body: Value::from(page.json("MaxResults", "NextToken")).to_string(),
        },
    },
    things: "/Firewalls",
    arn: |_, it| text(it, &["FirewallArn"]).to_owned(),
    next: "/NextToken",
};

impl FirewallLog {
    fn wanted_of(
        &self,
        configs: &[Value],
        subject: &Subject,
        answers: &Answers,
    ) -> Result<Wanted, LookUp> {
        let is_ours = |config: &&Value| text(config, &["logType"]) == self.kind;
        let Some(config) = configs.iter().find(is_ours) else {
            return Ok(Wanted::Disabled);
        };
        let place = |key: &str| text(config, &["logDestination", key]);
        let destination = match text(config, &["logDestinationType"]) {
            "S3" => self.destination(place("bucketName"), place("prefix")),
            "CloudWatchLogs" => Err(elsewhere("logs", place("logGroup"))),
            "KinesisDataFirehose" => {
                let arn = stream::arn(place("deliveryStream"), subject);
                let handed = Handed {
                    records: Records::RunTogether,
                    columns: self.columns,
                };
                return stream::wanted(&arn, handed, subject, answers);
            }
            other => Err(elsewhere("", other)),
        };
        Ok(destination.into())
    }
}

/// The call's names begin with a small letter, the answer's with a capital one.
fn text<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    find(value, path)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The name is a folder of the table's location, so it has to be one that Network Firewall allows.
fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=128).contains(&name.len()) && name.bytes().all(allowed)
}
