//! Flow logs of VPCs, subnets, interfaces and transit gateways: each is a thing of its own, made whole and never changed. Its
//! fields, their order, how they are written and the folders are its owner's choice, and honoured.

mod fields;
mod folders;

use crate::chosen;
use crate::column::Column;
use crate::destination::{Destination, elsewhere};
use crate::event::{Event, find};
use crate::intent::{Delivery, Wanted};
use crate::layout::Key;
use crate::listing::{Listing, Page};
use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items};
use crate::pattern::{EventName, EventRule};
use crate::settings::Settings;
use crate::shown::shown;
use crate::subject::Subject;
use serde_json::Value;

pub(crate) use folders::DAILY;

#[derive(Debug)]
pub(crate) struct FlowLog {
    /// Every field that can be chosen.
    pub(crate) dictionary: &'static [Column],
}

static API: Api = Api {
    name: "ec2",
    endpoint: Endpoint::Regional,
    absent: &["InvalidFlowLogId.NotFound", "InvalidFlowLogId.Malformed"],
};

static LISTING: Listing = Listing {
    name: "flow-logs",
    action: "ec2:DescribeFlowLogs",
    global: false,
    most: 1000,
    ask: |_, page| list(page),
    things: "/flowLogSet",
    arn: |source, it| arn(&source.subject(String::new()), text(it, "flowLogId")),
    next: "/nextToken",
};

fn list(page: &Page) -> LookUp {
    // EC2 makes no shorter ones.
    let mut fields = vec![("MaxResults", page.size.max(5).to_string())];
    fields.extend(page.token("NextToken"));
    describe(fields)
}

fn describe(fields: Vec<(&'static str, String)>) -> LookUp {
    LookUp {
        api: &API,
        operation: "DescribeFlowLogs",
        request: Request::form("2016-11-15", fields),
    }
}

fn arn(there: &Subject, id: &str) -> String {
    let (partition, region, account) = (there.partition.name, &there.region, &there.account);
    format!("arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{id}")
}

impl Settings for FlowLog {
    fn events(&self) -> &'static [EventRule] {
        &[EventRule {
            source: "aws.ec2",
            names: &[
                EventName::Exact("CreateFlowLogs"),
                EventName::Exact("DeleteFlowLogs"),
            ],
        }]
    }

    fn look_up_actions(&self) -> &'static [&'static str] {
        &["ec2:DescribeFlowLogs"]
    }

    fn listings(&self) -> &'static [Listing] {
        std::slice::from_ref(&LISTING)
    }

    /// One call makes a flow log for each of many resources, of which some may fail: those have no id in the answer.
    fn changed(&self, event: &Event) -> Vec<String> {
        let ids = event
            .answered(&["CreateFlowLogsResponse", "flowLogIdSet", "item"])
            .or_else(|| event.requested(&["DeleteFlowLogsRequest", "FlowLogId"]));
        let there = event.subject(String::new());
        let ids = ids.map(texts).into_iter().flatten();
        ids.map(|id| arn(&there, id)).collect()
    }

    fn other_keys(&self) -> &'static [Key] {
        folders::PARTS
    }

    fn dictionary(&self) -> &'static [Column] {
        self.dictionary
    }

    fn resource(&self, subject: &Subject) -> Option<Resource> {
        let id = id_of(subject)?;
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let rest = id.strip_prefix("fl-")?;
        let whole = (1..=64).contains(&rest.len()) && rest.bytes().all(allowed);
        whole.then(|| subject.resource(&id, false))
    }

    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp> {
        let answer = answers.of(describe(vec![(
            "FlowLogId.1",
            id_of(subject).unwrap_or_default(),
        )]))?;
        let found = answer.and_then(|answer| items(answer, "/flowLogSet").first());
        Ok(found.map_or(Wanted::Gone, |flow_log| self.wanted_of(flow_log)))
    }

    fn claimed(&self, event: &Event) -> Option<Wanted> {
        if event.event_name == "DeleteFlowLogs" {
            return Some(Wanted::Gone);
        }
        Some(self.wanted_of(event.requested(&["CreateFlowLogsRequest"])?))
    }
}

impl FlowLog {
    /// As the service describes it, or as the call does that makes it: their names differ in case only.
    fn wanted_of(&self, flow_log: &Value) -> Wanted {
        let delivery = destination(flow_log).and_then(|at| self.delivery(at, flow_log));
        delivery.map_or_else(|reason| Wanted::NoLocation { reason }, Wanted::Table)
    }

    fn delivery(&self, destination: Destination, flow_log: &Value) -> Result<Delivery, String> {
        let option = |name| find(flow_log, &["destinationOptions", name]);
        let is = |name| option(name).is_some_and(|is| is == true || is == "true");
        let encoding = option("fileFormat").and_then(Value::as_str);
        let format = fields::format(fields::of(flow_log)?, encoding, self.dictionary)?;
        let layout = folders::layout(is("hiveCompatiblePartitions"), is("perHourPartition"));
        let columns: Vec<_> = format.columns().cloned().collect();
        Ok(Delivery {
            destination,
            layout: Some(chosen::keys_apart(layout, &columns)),
            format: Some(format),
        })
    }
}

fn destination(flow_log: &Value) -> Result<Destination, String> {
    let place = text(flow_log, "logDestination");
    match text(flow_log, "logDestinationType") {
        "s3" => Destination::of_arn(place),
        "kinesis-data-firehose" => Err(format!(
            "The log goes to {}: to a Firehose stream, which gets each record as one text in a JSON object, without columns. \
             Send it to an S3 bucket to have a table made.",
            shown(place)
        )),
        "" | "cloud-watch-logs" if place.is_empty() => {
            Err(elsewhere("logs", text(flow_log, "logGroupName")))
        }
        "" | "cloud-watch-logs" => Err(elsewhere("logs", place)),
        other => Err(elsewhere("", other)),
    }
}

fn text<'a>(flow_log: &'a Value, name: &str) -> &'a str {
    let text = find(flow_log, &[name]).and_then(Value::as_str);
    text.unwrap_or_default()
}

/// CloudTrail writes a list of one without its brackets, and a text perhaps in an object, beside a number.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values.iter().filter_map(one_text).collect(),
        one => one_text(one).into_iter().collect(),
    }
}

fn one_text(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("content")?.as_str())
}

fn id_of(subject: &Subject) -> Option<String> {
    let resource = subject.resource_of(API.name)?;
    resource.strip_prefix("vpc-flow-log/").map(str::to_owned)
}
