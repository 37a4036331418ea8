//! Source regions: an account's regions whose events a hub hears. A forwarder's rules there tell, so nobody has to keep a list.

use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items, text};
use crate::region::Partition;
use crate::subject::Subject;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// One region of one account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    pub account: String,
    pub region: String,
}

/// The IAM actions that finding source regions needs.
pub const SOURCE_ACTIONS: &[&str] = &["events:DescribeRule", "events:ListRuleNamesByTarget"];
/// The same for the accounts of an organization.
pub const ACCOUNT_ACTIONS: &[&str] = &["organizations:ListAccounts"];

/// Where a region is not enabled, nobody's credentials are valid; nothing sends from there.
static EVENTS: Api = Api {
    name: "events",
    endpoint: Endpoint::Regional,
    absent: &[
        "ResourceNotFoundException",
        "UnrecognizedClientException",
        "InvalidClientTokenId",
    ],
};

static ORGANIZATIONS: Api = Api {
    name: "organizations",
    endpoint: Endpoint::Organizations,
    absent: &[],
};

/// Far more than a bus may have rules, or an organization hundreds of accounts.
const MAX_PAGES: usize = 1_000;

impl Source {
    pub(crate) fn subject(&self, arn: String) -> Subject {
        Subject {
            account: self.account.clone(),
            region: self.region.clone(),
            partition: Partition::of_region(&self.region),
            arn,
        }
    }

    /// What an ARN names there, if it is something that may write a log.
    pub fn subject_of(&self, arn: &str) -> Option<Subject> {
        Some(self.subject(arn.to_owned())).filter(Subject::writes_logs)
    }
}

/// All regions of the partition, of which a hub in this one may hear.
pub fn regions_heard_in(region: &str) -> Vec<&'static str> {
    Partition::of_region(region).regions()
}

/// The event patterns of the rules that send to this bus from the region that is asked. None: it is no source.
pub fn patterns_sent_to(bus_arn: &str, answers: &Answers) -> Result<Vec<Value>, LookUp> {
    let mut patterns = Vec::new();
    for name in rules_to(bus_arn, answers)? {
        let rule = answers.of(call("DescribeRule", &json!({ "Name": name })))?;
        let rule = rule.filter(|rule| text(rule, "/State") != "DISABLED");
        let pattern = rule.map_or("", |rule| text(rule, "/EventPattern"));
        patterns.extend(serde_json::from_str::<Value>(pattern));
    }
    Ok(patterns)
}

/// The names of the rules in the region that is asked that send to this bus.
pub fn rules_to(bus_arn: &str, answers: &Answers) -> Result<Vec<String>, LookUp> {
    let ask = |mut page: Map<String, Value>| {
        page.insert("TargetArn".to_owned(), bus_arn.into());
        call("ListRuleNamesByTarget", &page.into())
    };
    let names = all(answers, "/RuleNames", ask)?;
    let names = names.iter().filter_map(Value::as_str);
    Ok(names.map(str::to_owned).collect())
}

/// The accounts of the organization that take part in it.
pub fn accounts(answers: &Answers) -> Result<Vec<String>, LookUp> {
    let ask = |page: Map<String, Value>| LookUp {
        api: &ORGANIZATIONS,
        operation: "ListAccounts",
        request: Request::Json {
            version: "1.1",
            target: "AWSOrganizationsV20161128.ListAccounts",
            body: Value::from(page).to_string(),
        },
    };
    let accounts = all(answers, "/Accounts", ask)?;
    // `State` takes the place of `Status`, which AWS retires.
    let is = |it: &Value, member| text(it, member) == "ACTIVE";
    let active = accounts
        .iter()
        .filter(|it| is(it, "/State") || is(it, "/Status"));
    Ok(active.map(|it| text(it, "/Id").to_owned()).collect())
}

/// The items of every page; a request has what the page before said about how to go on.
fn all(
    answers: &Answers,
    list: &str,
    ask: impl Fn(Map<String, Value>) -> LookUp,
) -> Result<Vec<Value>, LookUp> {
    let (mut found, mut request) = (Vec::new(), Map::new());
    for _ in 0..MAX_PAGES {
        let Some(page) = answers.of(ask(request))? else {
            break;
        };
        found.extend(items(page, list).iter().cloned());
        request = match text(page, "/NextToken") {
            "" => break,
            token => Map::from_iter([("NextToken".to_owned(), token.into())]),
        };
    }
    Ok(found)
}

fn call(operation: &'static str, body: &Value) -> LookUp {
    let target = match operation {
        "DescribeRule" => "AWSEvents.DescribeRule",
        _ => "AWSEvents.ListRuleNamesByTarget",
    };
    LookUp {
        api: &EVENTS,
        operation,
        request: Request::Json {
            version: "1.1",
            target,
            body: body.to_string(),
        },
    }
}
