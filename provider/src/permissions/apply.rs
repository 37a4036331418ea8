//! What an apply and a destroy need besides.

use super::names::{
    ANY, alarms, any, bus, dashboard, database, forwarder_queue, forwarder_role, forwarder_rule,
    function, hub_queue, hub_role, hub_rule, log_group, schemas, sweep_rule, topic,
};
use super::{Policy, Statement, allow};

const EVENTS: &[&str] = &["events.amazonaws.com"];
const LAMBDA: &[&str] = &["lambda.amazonaws.com"];
/// How a role of ours comes, changes and goes.
pub(super) const ROLE: &[&str] = &[
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:PutRolePolicy",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:TagRole",
    "iam:UntagRole",
];

pub(super) fn policy() -> Policy {
    let statements = [
        of_events(),
        of_roles(),
        of_function(),
        of_log_group(),
        of_topic(),
        of_monitoring(),
        of_queues_and_schemas(),
    ];
    Policy {
        title: "To apply and to destroy",
        about: "It makes, changes and removes the same objects. Besides the first policy, not in its place.",
        statements: statements.into_iter().flatten().collect(),
    }
}

fn of_events() -> Vec<Statement> {
    vec![
        allow(
            "Bus",
            "the event bus, tagged as it is made.",
            &[
                "events:CreateEventBus",
                "events:DeleteEventBus",
                "events:TagResource",
                "events:UntagResource",
            ],
            [bus()],
        ),
        allow(
            "BusPolicy",
            "who may send to the bus, and whether others have rules on it. AWS lets neither be held to one bus.",
            &["events:PutPermission", "events:ListRules"],
            [ANY.to_owned()],
        ),
        allow(
            "Rules",
            "the rules, tagged as they are made, and where they send to.",
            &[
                "events:PutRule",
                "events:DeleteRule",
                "events:PutTargets",
                "events:RemoveTargets",
                "events:TagResource",
                "events:UntagResource",
            ],
            [hub_rule(), sweep_rule(), forwarder_rule()],
        ),
    ]
}

fn of_roles() -> Vec<Statement> {
    vec![
        allow(
            "Roles",
            "the roles, tagged as they are made. Rights that somebody added are taken away.",
            ROLE,
            [hub_role(), forwarder_role()],
        ),
        allow(
            "GiveRoleToRules",
            "the forwarder's role, handed to EventBridge and to nothing else.",
            &["iam:PassRole"],
            [forwarder_role()],
        )
        .passed_to(EVENTS),
        allow(
            "GiveRoleToFunction",
            "the function's role, handed to Lambda and to nothing else.",
            &["iam:PassRole"],
            [hub_role()],
        )
        .passed_to(LAMBDA),
    ]
}

fn of_function() -> Vec<Statement> {
    vec![
        allow(
            "Function",
            "the function, tagged as it is made, who may invoke it, and what becomes of its failures.",
            &[
                "lambda:CreateFunction",
                "lambda:DeleteFunction",
                "lambda:GetFunctionConfiguration",
                "lambda:UpdateFunctionCode",
                "lambda:UpdateFunctionConfiguration",
                "lambda:AddPermission",
                "lambda:RemovePermission",
                "lambda:PutFunctionEventInvokeConfig",
                "lambda:PutFunctionConcurrency",
                "lambda:DeleteFunctionConcurrency",
                "lambda:TagResource",
                "lambda:UntagResource",
            ],
            [function()],
        ),
        allow(
            "FirstSweep",
            "the function, started once for a region whose forwarder was just made.",
            &["lambda:InvokeFunction"],
            [function()],
        ),
    ]
}

fn of_topic() -> Vec<Statement> {
    vec![
        allow(
            "Topic",
            "the topic, tagged as it is made, and the address that is subscribed to it.",
            &[
                "sns:CreateTopic",
                "sns:DeleteTopic",
                "sns:SetTopicAttributes",
                "sns:Subscribe",
                "sns:TagResource",
                "sns:UntagResource",
            ],
            [topic()],
        ),
        allow(
            "Subscription",
            "an address that is to hear no more. AWS lets this be held to no topic.",
            &["sns:Unsubscribe"],
            [ANY.to_owned()],
        ),
    ]
}

fn of_monitoring() -> Vec<Statement> {
    vec![
        allow(
            "Alarms",
            "the alarms, tagged as they are made.",
            &[
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:DeleteAlarms",
                "cloudwatch:TagResource",
                "cloudwatch:UntagResource",
            ],
            [alarms()],
        ),
        allow(
            "Dashboard",
            "the dashboard.",
            &["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
            [dashboard()],
        ),
    ]
}

fn of_log_group() -> Vec<Statement> {
    vec![
        allow(
            "LogGroup",
            "its log group, and how long that is kept.",
            &[
                "logs:CreateLogGroup",
                "logs:DeleteLogGroup",
                "logs:PutRetentionPolicy",
            ],
            [format!("{}:*", log_group())],
        ),
        allow(
            "LogGroupTags",
            "the tags of it, for which CloudWatch Logs wants the ARN without an end.",
            &["logs:TagResource", "logs:UntagResource"],
            [log_group()],
        ),
    ]
}

fn of_queues_and_schemas() -> Vec<Statement> {
    let mut schema_database = schemas();
    schema_database.push(any(
        "glue",
        &format!("userDefinedFunction/{}/*", database()),
    ));
    vec![
        allow(
            "Queues",
            "the dead-letter queues, tagged as they are made.",
            &[
                "sqs:CreateQueue",
                "sqs:DeleteQueue",
                "sqs:SetQueueAttributes",
                "sqs:TagQueue",
                "sqs:UntagQueue",
            ],
            [hub_queue(), forwarder_queue()],
        ),
        allow(
            "SchemaDatabase",
            "the database for table schemas, which is removed only when it is empty. Glue asks for the right to remove all in it.",
            &[
                "glue:CreateDatabase",
                "glue:DeleteDatabase",
                "glue:GetTables",
            ],
            schema_database,
        ),
        allow(
            "TableSchemas",
            "the table schemas in it.",
            &["glue:CreateTable", "glue:UpdateTable", "glue:DeleteTable"],
            schemas(),
        ),
    ]
}
