//! The policy documents: who may do what, as narrow as AWS lets it be said.

use std::collections::BTreeSet;

use logenabler_catalog::{Partition, catalog_role};
use serde::Serialize;
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

/// Lets a hub's function take on a role in another account, where it names this external id.
pub(crate) fn trust_function(role_arn: &str, external_id: Option<&str>) -> Policy {
    let mut statement = json!({
        "Sid": FUNCTION,
        "Effect": "Allow",
        "Principal": { "AWS": role_arn },
        "Action": "sts:AssumeRole",
    });
    if let (Some(id), Some(fields)) = (external_id, statement.as_object_mut()) {
        let condition = json!({ "StringEquals": { "sts:ExternalId": id } });
        fields.insert("Condition".to_owned(), condition);
    }
    document(vec![statement])
}

/// What [`trust_function`] was given, if the policy is one of its making.
pub(crate) fn trusted_function(policy: &Policy) -> Option<(String, Option<String>)> {
    let statement = statement(policy.json(), FUNCTION)?;
    let text = |pointer| statement.pointer(pointer).and_then(Json::as_str);
    let role_arn = text("/Principal/AWS")?.to_owned();
    let external_id = text("/Condition/StringEquals/sts:ExternalId").map(str::to_owned);
    let ours = trust_function(&role_arn, external_id.as_deref());
    (ours == *policy).then_some((role_arn, external_id))
}

const FUNCTION: &str = "HubsFunction";

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

/// Lets alarms of this account publish to a topic.
pub(crate) fn topic(topic_arn: &str, account: &str) -> Policy {
    document(vec![json!({
        "Sid": "Alarms",
        "Effect": "Allow",
        "Principal": { "Service": "cloudwatch.amazonaws.com" },
        "Action": "sns:Publish",
        "Resource": topic_arn,
        "Condition": { "StringEquals": { "aws:SourceAccount": account } },
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

/// What the function may do in the account of a member, in one region; Organizations are asked in their home, and buckets of logs
/// wherever they are. Where there is a workgroup for readers, it may save queries there.
pub(crate) fn member(region: &str, account: &str, workgroup_arn: Option<&str>) -> Policy {
    let partition = Partition::of_region(region);
    let home = partition.home_of_organizations();
    let regions: BTreeSet<_> = home.into_iter().chain([region]).collect();
    let regions: Vec<_> = regions.into_iter().map(str::to_owned).collect();
    let mut observe = observe(Some(region), true);
    if let Some(fields) = observe.as_object_mut() {
        let condition = json!({ "StringEquals": { "aws:RequestedRegion": one_or_many(&regions) } });
        fields.insert("Condition".to_owned(), condition);
    }
    let mut statements = vec![
        catalogue(partition.name, region, account),
        observe,
        buckets(),
    ];
    statements.extend(sources(partition.name, account));
    statements.extend(workgroup_arn.map(saved_queries));
    document(statements)
}

/// What the function may do.
pub(crate) struct FunctionRights<'a> {
    pub(crate) partition: &'a str,
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    /// Whose forwarders may send: there, and nowhere else, it may take on a member's role.
    pub(crate) members: &'a BTreeSet<String>,
    pub(crate) organization: Option<&'a str>,
    pub(crate) filters_by_tag: bool,
    pub(crate) function_arn: &'a str,
    pub(crate) topic_arn: Option<&'a str>,
    pub(crate) lets_in_readers: bool,
    /// Where it saves queries.
    pub(crate) workgroup_arn: Option<&'a str>,
    /// Whether it looks into the newest files of logs.
    pub(crate) reads_samples: bool,
    pub(crate) log_group_arn: &'a str,
    pub(crate) queue_arn: &'a str,
}

impl FunctionRights<'_> {
    /// Read and write Glue databases and tables, the hub's table schemas among them; read what it looks up; find the forwarders
    /// and go on with a sweep in a run of its own; send to its own queue and log group; the same in the accounts of members.
    ///
    /// Regions are open, since tables are made where the service is; and the Describe calls know no resource.
    pub(crate) fn document(&self) -> Policy {
        let mut statements = vec![
            catalogue(self.partition, "*", self.account),
            observe(None, self.filters_by_tag),
            buckets(),
            json!({
                "Sid": "Log",
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": format!("{}:*", self.log_group_arn),
            }),
            json!({ "Sid": "Failures", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": self.queue_arn }),
        ];
        statements.extend(sources(self.partition, self.account));
        statements.push(json!({
            "Sid": "Sweep",
            "Effect": "Allow",
            "Action": "lambda:InvokeFunction",
            "Resource": self.function_arn,
        }));
        statements.extend(self.organization.map(|_| list_accounts()));
        statements.extend(self.topic_arn.map(|arn| {
            json!({ "Sid": "Notify", "Effect": "Allow", "Action": "sns:Publish", "Resource": arn })
        }));
        statements.extend(self.lets_in_readers.then(let_in_readers));
        statements.extend(self.workgroup_arn.map(saved_queries));
        statements.extend(self.reads_samples.then(samples));
        statements.extend(self.assume());
        document(statements)
    }

    /// Take on the roles that forwarders of this hub's region made, and no others.
    fn assume(&self) -> Vec<Json> {
        let role = |account: &str| {
            let name = catalog_role(self.region, "*");
            format!("arn:{}:iam::{account}:role/{name}", self.partition)
        };
        let mut statements = Vec::new();
        let roles: Vec<_> = self.members.iter().map(|id| role(id)).collect();
        if !roles.is_empty() {
            statements.push(json!({
                "Sid": "MembersOfAccounts",
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Resource": one_or_many(&roles),
            }));
        }
        statements.extend(self.organization.map(|id| {
            json!({
                "Sid": "MembersOfOrganization",
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Resource": role("*"),
                "Condition": { "StringEquals": { "aws:ResourceOrgID": id } },
            })
        }));
        statements
    }
}

/// Read and write Glue databases and tables; `*` is any region.
fn catalogue(partition: &str, region: &str, account: &str) -> Json {
    let glue = |resource: &str| format!("arn:{partition}:glue:{region}:{account}:{resource}");
    json!({
        "Sid": "Catalogue",
        "Effect": "Allow",
        "Action": ["glue:CreateDatabase", "glue:CreateTable", "glue:GetTable", "glue:GetTables", "glue:UpdateTable"],
        "Resource": [glue("catalog"), glue("database/*"), glue("table/*/*")],
    })
}

/// Find the rules that send to the hub, in any region, and what they listen to.
fn sources(partition: &str, account: &str) -> [Json; 2] {
    let rules = format!("arn:{partition}:events:*:{account}:rule/*");
    [
        json!({ "Sid": "Sources", "Effect": "Allow", "Action": "events:ListRuleNamesByTarget", "Resource": "*" }),
        json!({ "Sid": "SourceRules", "Effect": "Allow", "Action": "events:DescribeRule", "Resource": rules }),
    ]
}

/// Lake Formation itself looks at whether a table is the function's to let others read.
fn let_in_readers() -> Json {
    let actions = [
        "lakeformation:GrantPermissions",
        "lakeformation:RevokePermissions",
    ];
    json!({ "Sid": "Readers", "Effect": "Allow", "Action": actions, "Resource": "*" })
}

/// In any bucket: only the logs tell which.
fn samples() -> Json {
    let actions = logenabler_catalog::SAMPLE_ACTIONS;
    json!({ "Sid": "Samples", "Effect": "Allow", "Action": actions, "Resource": "*" })
}

fn list_accounts() -> Json {
    json!({ "Sid": "Organization", "Effect": "Allow", "Action": "organizations:ListAccounts", "Resource": "*" })
}

/// Save queries in a workgroup, and take them away with their tables.
fn saved_queries(workgroup_arn: &str) -> Json {
    json!({
        "Sid": "SavedQueries",
        "Effect": "Allow",
        "Action": [
            "athena:BatchGetNamedQuery",
            "athena:CreateNamedQuery",
            "athena:DeleteNamedQuery",
            "athena:ListNamedQueries",
            "athena:UpdateNamedQuery",
        ],
        "Resource": workgroup_arn,
    })
}

/// Ask services that can be asked in this region or, without one, in any; and for tags, where tables depend on them.
fn observe(region: Option<&str>, filters_by_tag: bool) -> Json {
    let mut actions = logenabler_catalog::look_up_actions(region);
    actions.extend(filters_by_tag.then_some(logenabler_catalog::TAG_ACTION));
    let actions: Vec<_> = actions.into_iter().map(str::to_owned).collect();
    json!({ "Sid": "Observe", "Effect": "Allow", "Action": one_or_many(&actions), "Resource": "*" })
}

/// Ask S3 about the buckets of logs: they may be in any region.
fn buckets() -> Json {
    let actions = logenabler_catalog::BUCKET_ACTIONS;
    json!({ "Sid": "Buckets", "Effect": "Allow", "Action": actions, "Resource": "*" })
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
pub(crate) fn one_or_many<T: Serialize>(items: &[T]) -> Json {
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
    fn a_trust_policy_reads_back_as_it_was_written() {
        let check = |policy: &Policy, role: &str, id: Option<&str>| {
            let expected = Some((role.to_owned(), id.map(str::to_owned)));
            assert_eq!(trusted_function(policy), expected, "{policy}");
        };
        const ROLE: &str = "arn:aws:iam::111111111111:role/f";
        check(&trust_function(ROLE, None), ROLE, None);
        check(&trust_function(ROLE, Some("x")), ROLE, Some("x"));
        let wider = json!({ "Statement": [
            { "Sid": FUNCTION, "Effect": "Allow", "Principal": { "AWS": ROLE }, "Action": "*" },
        ] });
        assert_eq!(trusted_function(&wider.into()), None);
    }

    #[test]
    fn a_function_may_take_on_only_what_forwarders_of_its_members_made() {
        let check = |accounts: &[&str], organization: Option<&str>, expected: Json| {
            let members = accounts.iter().map(|id| (*id).to_owned()).collect();
            let rights = FunctionRights {
                partition: "aws",
                region: "eu-west-1",
                account: "111111111111",
                members: &members,
                organization,
                filters_by_tag: false,
                lets_in_readers: false,
                function_arn: "",
                topic_arn: None,
                workgroup_arn: None,
                reads_samples: false,
                log_group_arn: "",
                queue_arn: "",
            };
            let assume: Vec<_> = rights
                .assume()
                .iter()
                .map(|it| it["Resource"].clone())
                .collect();
            assert_eq!(json!(assume), expected);
        };
        const ROLE: &str = "arn:aws:iam::222222222222:role/LogEnablerCatalog-eu-west-1-*";
        const ANY: &str = "arn:aws:iam::*:role/LogEnablerCatalog-eu-west-1-*";
        check(&[], None, json!([]));
        check(&["222222222222"], None, json!([ROLE]));
        check(&["222222222222"], Some("o-abcdefghij"), json!([ROLE, ANY]));
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
