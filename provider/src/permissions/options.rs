//! What not everybody needs.

use super::apply::ROLE;
use super::names::{ANY, any, catalog_role, function, hub_queue, hub_role, workgroup};
use super::{Policy, allow};

const EITHER: &[&str] = &["lambda.amazonaws.com", "events.amazonaws.com"];

pub(super) fn policies() -> Vec<Policy> {
    vec![
        trails(),
        boundary(),
        own_role(),
        member(),
        readers(),
        query(),
        replay(),
        deployer(),
    ]
}

fn trails() -> Policy {
    Policy {
        title: "For the trail check",
        about: "A forwarder warns where no trail logs management events. Without this policy, or with `skip_trail_check`, it says \
                nothing.",
        statements: vec![allow(
            "Trails",
            "the trails that log in a region, those of the organization included, whose account is another.",
            &[
                "cloudtrail:DescribeTrails",
                "cloudtrail:GetTrailStatus",
                "cloudtrail:GetEventSelectors",
            ],
            [ANY.to_owned()],
        )],
    }
}

fn boundary() -> Policy {
    Policy {
        title: "For a permissions boundary",
        about: "Where `permissions_boundary_arn` is set. Without this policy a new role gets its boundary, which then stays as it \
                is.",
        statements: vec![allow(
            "Boundary",
            "the boundary of the function's role, changed or taken away.",
            &[
                "iam:PutRolePermissionsBoundary",
                "iam:DeleteRolePermissionsBoundary",
            ],
            [hub_role()],
        )],
    }
}

fn own_role() -> Policy {
    Policy {
        title: "For a role of your own",
        about: "Where `function_role_arn` or `role_arn` is set. Put that role in the place of `your-role`.",
        statements: vec![
            allow(
                "GiveYourRole",
                "your role, handed to the service that takes it on.",
                &["iam:PassRole"],
                [any("iam", "role/your-role")],
            )
            .passed_to(EITHER),
        ],
    }
}

fn member() -> Policy {
    Policy {
        title: "For a catalog role",
        about: "Where `create_catalog_role` is set, in the account of the member.",
        statements: vec![allow(
            "CatalogRole",
            "the role through which the function of the hub works in this account.",
            ROLE,
            [catalog_role()],
        )],
    }
}

fn readers() -> Policy {
    Policy {
        title: "For a workgroup",
        about: "Where `create_workgroup` is set. A plan needs the first statement only, and so does an import of any forwarder, or a \
                query with `include_resource`: they look whether there is one.",
        statements: vec![
            allow(
                "ReadWorkgroup",
                "the Athena workgroup, and whose it is.",
                &["athena:GetWorkGroup", "athena:ListTagsForResource"],
                [workgroup()],
            ),
            allow(
                "Workgroup",
                "the workgroup, tagged as it is made, and removed with the queries saved in it.",
                &[
                    "athena:CreateWorkGroup",
                    "athena:DeleteWorkGroup",
                    "athena:UpdateWorkGroup",
                    "athena:TagResource",
                    "athena:UntagResource",
                ],
                [workgroup()],
            ),
        ],
    }
}

fn query() -> Policy {
    Policy {
        title: "For terraform query",
        about: "It looks for what is there already. With `include_resource` it reads that too, which the first policy allows.",
        statements: vec![
            allow(
                "FindEvents",
                "all event buses and rules, since only their tags tell which of them are hubs and forwarders.",
                &["events:ListEventBuses", "events:ListRules"],
                [ANY.to_owned()],
            ),
            allow(
                "FindOwners",
                "these tags.",
                &["events:ListTagsForResource"],
                [any("events", "event-bus/*"), any("events", "rule/*")],
            ),
            allow(
                "FindTableSchemas",
                "all databases, and the tables of those that are a hub's.",
                &["glue:GetDatabases", "glue:GetTables"],
                [
                    any("glue", "catalog"),
                    any("glue", "database/*"),
                    any("glue", "table/*/*"),
                ],
            ),
        ],
    }
}

fn replay() -> Policy {
    Policy {
        title: "For the action logenabler_replay",
        about: "It gives the events in the function's dead-letter queue to the function again.",
        statements: vec![
            allow(
                "DeadLetters",
                "the events in the queue, removed once they are handled.",
                &[
                    "sqs:ReceiveMessage",
                    "sqs:DeleteMessage",
                    "sqs:ChangeMessageVisibility",
                ],
                [hub_queue()],
            ),
            allow(
                "Replay",
                "the function that they are for.",
                &["lambda:InvokeFunction"],
                [function()],
            ),
        ],
    }
}

fn deployer() -> Policy {
    Policy {
        title: "For assume_role",
        about: "Where the provider block has `assume_role`. Put that role in the place of `your-deployer`, and its account in that of \
                the number. It is then this role that needs the policies above; its trust policy lets in whoever runs Terraform.",
        statements: vec![allow(
            "TakeOnDeployer",
            "the role that Terraform takes on.",
            &["sts:AssumeRole"],
            [any("iam", "role/your-deployer")],
        )],
    }
}
