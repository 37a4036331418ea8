//! Who is allowed what: the guide of permissions, made of what Terraform asks for and of the documents that its roles get. A
//! test, so that the guide cannot fall behind; the tests against the local AWS run Terraform with the policies of that guide.

mod apply;
mod names;
mod options;
mod plan;
mod roles;
mod terraform;

use std::path::Path;

use expect_test::expect_file;
use serde_json::{Value as Json, json};

use crate::documents::one_or_many;

/// What is allowed together, and in which case.
struct Policy {
    title: &'static str,
    about: &'static str,
    statements: Vec<Statement>,
}

/// Actions on objects, and what for.
struct Statement {
    sid: &'static str,
    why: &'static str,
    actions: &'static [&'static str],
    resources: Vec<String>,
    /// The services that a role may be handed to.
    passed_to: &'static [&'static str],
}

const GUIDE: &str = "docs/guides/permissions.md";
/// What IAM takes of a managed policy, white space not counted.
const LONGEST_POLICY: usize = 6_144;

#[test]
fn generated_guide_of_permissions_says_what_is_needed() {
    let text = [HEAD.to_owned(), terraform::page(), roles::page()].concat();
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(GUIDE);
    expect_file![guide].assert_eq(&text);
}

#[test]
fn every_policy_fits_into_a_managed_one() {
    for policy in terraform::policies() {
        let length = policy.document().to_string().len();
        assert!(length <= LONGEST_POLICY, "{}: {length}", policy.title);
    }
}

const HEAD: &str = r#"---
page_title: "Permissions"
subcategory: "Guides"
description: |-
  What Terraform has to be allowed, as policies to paste, and what each role that it makes may do.
---

# Permissions

"#;

impl Policy {
    fn document(&self) -> Json {
        let statements: Vec<_> = self.statements.iter().map(Statement::json).collect();
        json!({ "Version": "2012-10-17", "Statement": statements })
    }

    /// The policy, to paste, below the reasons of its statements.
    fn section(&self) -> String {
        let reasons = self.statements.iter().map(|it| (it.sid, it.why));
        let document = shown(&self.document());
        let (title, about, reasons) = (self.title, self.about, list(reasons));
        format!("### {title}\n\n{about}\n\n{reasons}\n{document}\n")
    }
}

impl Statement {
    fn json(&self) -> Json {
        let mut statement = json!({
            "Sid": self.sid,
            "Effect": "Allow",
            "Action": one_or_many(self.actions),
            "Resource": one_or_many(&self.resources),
        });
        if !self.passed_to.is_empty() {
            statement["Condition"] =
                json!({ "StringEquals": { "iam:PassedToService": one_or_many(self.passed_to) } });
        }
        statement
    }

    fn passed_to(self, services: &'static [&'static str]) -> Self {
        Self {
            passed_to: services,
            ..self
        }
    }
}

fn allow(
    sid: &'static str,
    why: &'static str,
    actions: &'static [&'static str],
    resources: impl IntoIterator<Item = String>,
) -> Statement {
    Statement {
        sid,
        why,
        actions,
        resources: resources.into_iter().collect(),
        passed_to: &[],
    }
}

fn shown(document: &Json) -> String {
    let text = serde_json::to_string_pretty(document).unwrap();
    format!("```json\n{text}\n```\n")
}

fn list<'a>(reasons: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    reasons
        .map(|(sid, why)| format!("- `{sid}`: {why}\n"))
        .collect()
}
