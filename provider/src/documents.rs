//! The policy documents: who may do what, as narrow as AWS lets it be said.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::aws::Policy;

const VERSION: &str = "2012-10-17";

/// Lets one AWS service take on a role, on behalf of these sources in this account only.
pub(crate) fn trust(service: &str, source_arns: &[String], account: &str) -> Policy {
    document(vec![json!({
        "Effect": "Allow",
        "Principal": { "Service": service },
        "Action": "sts:AssumeRole",
        "Condition": from_sources(source_arns, account),
    })])
}

/// Lets these rules of this account put undeliverable events into a queue.
pub(crate) fn queue(queue_arn: &str, rule_arns: &[String], account: &str) -> Policy {
    document(vec![json!({
        "Sid": "UndeliverableEvents",
        "Effect": "Allow",
        "Principal": { "Service": "events.amazonaws.com" },
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
        "Condition": from_sources(rule_arns, account),
    })])
}

/// Lets a forwarder's rules send to a hub's bus, and do nothing else.
pub(crate) fn forward(bus_arn: &str) -> Policy {
    document(vec![
        json!({ "Effect": "Allow", "Action": "events:PutEvents", "Resource": bus_arn }),
    ])
}

/// Lets rules of these accounts, or of every account of an organization, send to a hub's bus.
pub(crate) fn bus(
    bus_arn: &str,
    partition: &str,
    accounts: &BTreeSet<String>,
    organization: Option<&str>,
) -> Policy {
    let roots: Vec<_> = accounts
        .iter()
        .map(|id| format!("arn:{partition}:iam::{id}:root"))
        .collect();
    let rules: Vec<_> = accounts
        .iter()
        .map(|id| format!("arn:{partition}:events:*:{id}:rule/*"))
        .collect();
    let mut statements = vec![json!({
        "Sid": ACCOUNTS,
        "Effect": "Allow",
        "Principal": { "AWS": one_or_many(&roots) },
        "Action": "events:PutEvents",
        "Resource": bus_arn,
        "Condition": { "ArnLike": { "aws:SourceArn": one_or_many(&rules) } },
    })];
    statements.extend(organization.map(|id| {
        json!({
            "Sid": ORGANIZATION,
            "Effect": "Allow",
            "Principal": "*",
            "Action": "events:PutEvents",
            "Resource": bus_arn,
            "Condition": {
                "StringEquals": { "aws:PrincipalOrgID": id },
                "ArnLike": { "aws:SourceArn": format!("arn:{partition}:events:*:*:rule/*") },
            },
        })
    }));
    document(statements)
}

const ACCOUNTS: &str = "ForwardersOfAccounts";
const ORGANIZATION: &str = "ForwardersOfOrganization";

/// The accounts and the organization that a bus policy lets in: what [`bus`] was given.
pub(crate) fn senders(policy: &Policy) -> (BTreeSet<String>, Option<String>) {
    let principal = statement(policy.json(), ACCOUNTS).and_then(|s| s.pointer("/Principal/AWS"));
    let roots: Vec<&str> = match principal {
        Some(Json::Array(many)) => many.iter().filter_map(Json::as_str).collect(),
        Some(one) => one.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    let accounts = roots
        .iter()
        .filter_map(|arn| arn.split(':').nth(4))
        .map(str::to_owned);
    let organization = statement(policy.json(), ORGANIZATION)
        .and_then(|s| s.pointer("/Condition/StringEquals/aws:PrincipalOrgID"))
        .and_then(Json::as_str);
    (accounts.collect(), organization.map(str::to_owned))
}

/// What the function may do.
pub(crate) struct FunctionRights<'a> {
    pub(crate) partition: &'a str,
    pub(crate) account: &'a str,
    pub(crate) log_group_arn: &'a str,
    pub(crate) queue_arn: &'a str,
}

impl FunctionRights<'_> {
    /// Read and write Glue databases and tables, the hub's table schemas among them; read what it looks up; send to its own queue and log group.
    ///
    /// Regions are open, since tables are made where the service is; and the Describe calls know no resource.
    pub(crate) fn document(&self) -> Policy {
        let glue =
            |resource: &str| format!("arn:{}:glue:*:{}:{resource}", self.partition, self.account);
        document(vec![
            json!({
                "Sid": "Catalogue",
                "Effect": "Allow",
                "Action": ["glue:CreateDatabase", "glue:CreateTable", "glue:GetTable", "glue:GetTables", "glue:UpdateTable"],
                "Resource": [glue("catalog"), glue("database/*"), glue("table/*/*")],
            }),
            json!({ "Sid": "Observe", "Effect": "Allow", "Action": one_or_many(&observing()), "Resource": "*" }),
            json!({
                "Sid": "Log",
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": format!("{}:*", self.log_group_arn),
            }),
            json!({ "Sid": "Failures", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": self.queue_arn }),
        ])
    }
}

fn observing() -> Vec<String> {
    logenabler_catalog::look_up_actions()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn from_sources(arns: &[String], account: &str) -> Json {
    json!({
        "StringEquals": { "aws:SourceAccount": account },
        "ArnEquals": { "aws:SourceArn": one_or_many(arns) },
    })
}

fn statement<'a>(policy: &'a Json, sid: &str) -> Option<&'a Json> {
    let statements = policy.get("Statement")?.as_array()?;
    statements
        .iter()
        .find(|s| s.get("Sid").and_then(Json::as_str) == Some(sid))
}

fn document(statements: Vec<Json>) -> Policy {
    json!({ "Version": VERSION, "Statement": statements }).into()
}

/// AWS writes a list of one as the one itself; so do we, so that both compare equal.
fn one_or_many(items: &[String]) -> Json {
    match items {
        [one] => json!(one),
        many => json!(many),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accounts: &[&str], organization: Option<&str>) {
        let accounts: BTreeSet<_> = accounts.iter().map(|id| (*id).to_owned()).collect();
        let policy = bus(
            "arn:aws:events:eu-west-1:111111111111:event-bus/b",
            "aws",
            &accounts,
            organization,
        );
        assert_eq!(
            senders(&policy),
            (accounts, organization.map(str::to_owned)),
            "{policy}"
        );
    }

    #[test]
    fn a_bus_policy_reads_back_as_it_was_written() {
        check(&["111111111111"], None);
        check(&["111111111111", "222222222222"], None);
        check(&["111111111111"], Some("o-abcdefghij"));
    }

    #[test]
    fn a_strangers_policy_lets_nobody_in() {
        for policy in [
            json!(null),
            json!({ "Statement": "x" }),
            json!({ "Statement": [{ "Sid": 1 }] }),
        ] {
            assert_eq!(
                senders(&policy.clone().into()),
                (BTreeSet::new(), None),
                "{policy}"
            );
        }
    }
}
