//! What the roles that Terraform makes may do, and whom the resources let in: the documents themselves, for one example.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::names::{ACCOUNT, forwarder, hub, log_group_in};
use super::{list, shown};
use crate::aws::{Policy, arn};
use crate::documents::{self, FunctionRights};

const HOME: &str = "ap-southeast-2";
const SOURCE: &str = "eu-west-1";
const MEMBER: &str = "210987654321";
const ORGANIZATION: &str = "o-a1b2c3d4e5";

const INTRODUCTION: &str = "## What is made for it

Terraform makes up to three roles. Each has one policy and nothing besides: a right that somebody adds shows in the next plan,
and the apply takes it away. Here are the documents of a hub in `ap-southeast-2` of the account `123456789012`, with the drift
watch, the member `210987654321`, the organization `o-a1b2c3d4e5` and an external id, and of a forwarder in `eu-west-1`. A hub
without members has no statement for them.

";

/// Why each statement is there.
const REASONS: &[(&str, &str)] = &[
    (
        "Catalogue",
        "it makes databases, makes and updates tables, and removes none. Which they are to be, only your logs tell.",
    ),
    (
        "Observe",
        "it asks services how their logs are set up; that lets it read no log. Of which objects, only your logs tell. Where the hub \
         filters by tags, it asks for those of a resource (`tag:GetResources`).",
    ),
    (
        "Buckets",
        "it asks S3 where the buckets of logs are and with which key they encrypt, to tell what whoever queries needs; that lets it \
         read no log. They may be in any region, and which they are, only your logs tell.",
    ),
    (
        "Sources",
        "a sweep finds the rules that send to the hub, which tells the source regions.",
    ),
    ("SourceRules", "what these rules listen to."),
    (
        "Sweep",
        "a sweep goes on in further runs of the function, one for each source region.",
    ),
    (
        "Organization",
        "a sweep finds the accounts of the organization.",
    ),
    (
        "Notify",
        "it publishes to the topic, where notifications are on.",
    ),
    (
        "Readers",
        "it lets `lake_formation_readers` query its tables, where there are any. Lake Formation lets it do so with tables of its own.",
    ),
    (
        "SavedQueries",
        "it saves queries in the workgroups that have the name of the bus, and removes those that it saved, where saved queries are on.",
    ),
    (
        "Samples",
        "where `drift_watch` is on, a sweep reads the first 64 KB of the newest file of each log in this account. Elsewhere this \
         statement is not there, and the function reads no log. Which buckets they are in, only your logs tell.",
    ),
    ("Alarms", "CloudWatch, for alarms of this account alone."),
    ("Log", "it writes its own log. It cannot make a log group."),
    (
        "Failures",
        "Lambda hands over, in its name, what it could not handle.",
    ),
    (
        "MembersOfAccounts",
        "it takes on the catalog roles for hubs of this region, in the accounts that may send to this one.",
    ),
    ("MembersOfOrganization", "the same, in the organization."),
    (
        "HubsFunction",
        "the function of this hub alone, and only with the external id, where there is one.",
    ),
    (
        "UndeliverableEvents",
        "EventBridge, for these rules of this account alone.",
    ),
    (
        "ForwardersOfAccounts",
        "rules of the hub's own account and of those in `source_account_ids`.",
    ),
    (
        "ForwardersOfOrganization",
        "rules of the organization in `organization_id`.",
    ),
];

pub(super) fn page() -> String {
    [INTRODUCTION.to_owned(), roles(), resources()].concat()
}

fn roles() -> String {
    let (function, rule) = (hub(HOME), forwarder(HOME, SOURCE));
    let trust = |service: &str, arn: String| documents::trust(service, &[arn], ACCOUNT);
    let of_function = [
        ("It may:", rights()),
        (
            "Lambda takes it on, for this function:",
            trust("lambda.amazonaws.com", function.function_arn()),
        ),
    ];
    let of_forwarder = [
        (
            "It may send to the bus of the hub:",
            documents::forward(&function.bus_arn()),
        ),
        (
            "EventBridge takes it on, for these rules:",
            trust("events.amazonaws.com", rule.rule_arn(0)),
        ),
    ];
    let workgroup = format!("workgroup/{}", function.bus);
    let workgroup = arn("athena", SOURCE, MEMBER, &workgroup);
    let of_member = [
        (
            "It may, in one region and in that where Organizations are asked; of buckets, in any:",
            documents::member(SOURCE, MEMBER, Some(&workgroup)),
        ),
        (
            "It is for:",
            documents::trust_function(&function.role_arn(), Some("of-the-hub")),
        ),
    ];
    [
        section("The function's role", &of_function),
        section("The forwarder's role", &of_forwarder),
        section("The catalog role in the account of a member", &of_member),
    ]
    .concat()
}

/// Policies of what is no role.
fn resources() -> String {
    let (hub, rule) = (hub(HOME), forwarder(HOME, SOURCE));
    let queue = |arn: &str, rules: &[String]| documents::queue(arn, rules, ACCOUNT);
    let of_queues = [
        (
            "The function's takes, besides what its role sends, events from:",
            queue(&hub.queue_arn(), &[hub.rule_arn(), hub.sweep_arn()]),
        ),
        (
            "The forwarder's takes events from:",
            queue(&rule.queue_arn(), &[rule.rule_arn(0)]),
        ),
    ];
    let function = format!(
        "### The function\n\nEventBridge may invoke it (`lambda:InvokeFunction`), for the rules `{}` and `{}` alone.\n",
        hub.rule_arn(),
        hub.sweep_arn()
    );
    [
        section("The event bus", &[("It lets in:", bus())]),
        section("The dead-letter queues", &of_queues),
        section(
            "The topic",
            &[("It lets in:", documents::topic(&hub.topic_arn(), ACCOUNT))],
        ),
        function,
    ]
    .concat()
}

fn rights() -> Policy {
    let hub = hub(HOME);
    let rights = FunctionRights {
        partition: hub.partition(),
        region: HOME,
        account: ACCOUNT,
        members: &members(),
        organization: Some(ORGANIZATION),
        filters_by_tag: false,
        function_arn: &hub.function_arn(),
        topic_arn: Some(&hub.topic_arn()),
        lets_in_readers: true,
        workgroup_arn: Some(&hub.workgroup_arn()),
        reads_samples: true,
        log_group_arn: &log_group_in(HOME),
        queue_arn: &hub.queue_arn(),
    };
    rights.document()
}

fn bus() -> Policy {
    let hub = hub(HOME);
    let mut accounts = members();
    accounts.insert(ACCOUNT.to_owned());
    documents::bus(
        &hub.bus_arn(),
        hub.partition(),
        &accounts,
        Some(ORGANIZATION),
    )
}

fn members() -> BTreeSet<String> {
    BTreeSet::from([MEMBER.to_owned()])
}

fn section(title: &str, documents: &[(&str, Policy)]) -> String {
    let part = |(lead, policy): &(&str, Policy)| {
        let document = policy.json();
        format!("{lead}\n\n{}{}\n", reasons(document), shown(document))
    };
    let parts: String = documents.iter().map(part).collect();
    format!("### {title}\n\n{parts}")
}

/// Of the statements that have a name; no name is without a reason.
fn reasons(document: &Json) -> String {
    let statements = document["Statement"].as_array().unwrap().iter();
    let names = statements.filter_map(|statement| statement["Sid"].as_str());
    let reason = |name| REASONS.iter().find(|(sid, _)| *sid == name).unwrap();
    let reasons = list(names.map(|name| *reason(name)));
    if reasons.is_empty() {
        reasons
    } else {
        reasons + "\n"
    }
}
