//! What a plan needs.

use super::names::{
    ANY, alarms, bus, catalog_role, dashboard, forwarder_queue, forwarder_role, forwarder_rule,
    function, hub_queue, hub_role, hub_rule, log_group, schemas, sweep_rule, topic,
};
use super::{Policy, Statement, allow};

pub(super) fn policy() -> Policy {
    let statements = [
        of_events_and_roles(),
        of_function(),
        of_queues_and_schemas(),
        of_monitoring(),
    ];
    Policy {
        title: "To plan",
        about: "It reads, and hardly more than what this provider makes.",
        statements: statements.into_iter().flatten().collect(),
    }
}

fn of_events_and_roles() -> Vec<Statement> {
    vec![
        allow(
            "ReadEvents",
            "the event bus and the rules, their targets and their tags.",
            &[
                "events:DescribeEventBus",
                "events:DescribeRule",
                "events:ListTargetsByRule",
                "events:ListTagsForResource",
            ],
            [bus(), hub_rule(), sweep_rule(), forwarder_rule()],
        ),
        allow(
            "ReadRoles",
            "the roles, and whether somebody gave them rights that they should not have.",
            &[
                "iam:GetRole",
                "iam:GetRolePolicy",
                "iam:ListRolePolicies",
                "iam:ListAttachedRolePolicies",
            ],
            [hub_role(), forwarder_role(), catalog_role()],
        ),
    ]
}

fn of_function() -> Vec<Statement> {
    vec![
        allow(
            "ReadFunction",
            "the function. Without `lambda:ListTags` Lambda leaves out its tags, which tell whose it is.",
            &[
                "lambda:GetFunction",
                "lambda:GetFunctionEventInvokeConfig",
                "lambda:GetPolicy",
                "lambda:ListTags",
            ],
            [function()],
        ),
        allow(
            "FindLogGroup",
            "the function's log group, which can only be looked for among all.",
            &["logs:DescribeLogGroups"],
            [ANY.to_owned()],
        ),
        allow(
            "ReadLogGroup",
            "its tags.",
            &["logs:ListTagsForResource"],
            [log_group()],
        ),
    ]
}

fn of_queues_and_schemas() -> Vec<Statement> {
    vec![
        allow(
            "ReadQueues",
            "the dead-letter queues.",
            &[
                "sqs:GetQueueUrl",
                "sqs:GetQueueAttributes",
                "sqs:ListQueueTags",
            ],
            [hub_queue(), forwarder_queue()],
        ),
        allow(
            "ReadTopic",
            "the topic that the function publishes to, its tags and who is subscribed.",
            &[
                "sns:GetTopicAttributes",
                "sns:ListTagsForResource",
                "sns:ListSubscriptionsByTopic",
            ],
            [topic()],
        ),
        allow(
            "ReadTableSchemas",
            "the database for table schemas, and those in it.",
            &["glue:GetDatabase", "glue:GetTable"],
            schemas(),
        ),
    ]
}

fn of_monitoring() -> Vec<Statement> {
    vec![
        allow(
            "FindAlarms",
            "the alarms. AWS lets this be held to none of them.",
            &["cloudwatch:DescribeAlarms"],
            [ANY.to_owned()],
        ),
        allow(
            "ReadAlarms",
            "their tags.",
            &["cloudwatch:ListTagsForResource"],
            [alarms()],
        ),
        allow(
            "ReadDashboard",
            "the dashboard, which says in a text whose it is.",
            &["cloudwatch:GetDashboard"],
            [dashboard()],
        ),
    ]
}
