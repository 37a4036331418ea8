//! The registry's pages, made of the schemas and of `examples/`. A test, so that no page can fall behind.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use tfplugin::{Attribute, Block, Dynamic, Schema, Signature};

use crate::documents::FunctionRights;
use crate::server;

#[test]
fn generated_pages_say_what_the_schemas_say() {
    let server = server();
    let index = page(
        "logenabler Provider",
        server.provider_schema(),
        &example("provider/provider.tf", "terraform"),
    );
    check("index.md", &index);
    for (name, schema) in server.resource_schemas() {
        let folder = format!("resources/{name}");
        let resource = example(&format!("{folder}/resource.tf"), "terraform");
        let import = example(&format!("{folder}/import.sh"), "shell");
        let text = page(&format!("{name} (Resource)"), schema, &resource)
            + &format!("\n## Import\n\n{import}\n{}", identity(schema));
        check(&format!("resources/{}.md", short(name)), &text);
    }
    for (name, schema) in server.data_source_schemas() {
        let source = example(&format!("data-sources/{name}/data-source.tf"), "terraform");
        let text = page(&format!("{name} (Data Source)"), schema, &source);
        check(&format!("data-sources/{}.md", short(name)), &text);
    }
}

#[test]
fn generated_pages_say_what_can_be_looked_for_and_done() {
    let server = server();
    for (name, query) in server.list_schemas() {
        let example = example(
            &format!("list-resources/{name}/list-resource.tfquery.hcl"),
            "terraform",
        );
        let text = page(&format!("{name} (List Resource)"), query, &example);
        check(&format!("list-resources/{}.md", short(name)), &text);
    }
    for (name, schema) in server.action_schemas() {
        let example = example(&format!("actions/{name}/action.tf"), "terraform");
        let text = page(&format!("{name} (Action)"), schema, &example);
        check(&format!("actions/{}.md", short(name)), &text);
    }
}

#[test]
fn generated_pages_say_what_the_signatures_say() {
    for (name, signature) in server().function_signatures() {
        let example = example(&format!("functions/{name}/function.tf"), "terraform");
        check(
            &format!("functions/{name}.md"),
            &function(name, signature, &example),
        );
    }
}

/// Whoever makes a hub of the AWS provider's own resources has to say what its function may do.
#[test]
fn generated_policies_say_what_the_function_may_do() {
    let rights = FunctionRights {
        partition: "${partition}",
        region: "${region}",
        account: "${account}",
        members: &BTreeSet::new(),
        organization: None,
        filters_by_tag: false,
        lets_in_readers: false,
        function_arn: "${function_arn}",
        topic_arn: None,
        workgroup_arn: None,
        reads_samples: false,
        log_group_arn: "${log_group_arn}",
        queue_arn: "${queue_arn}",
    };
    let path = "examples/hub-from-aws-resources/function_policy.json.tftpl";
    let text = serde_json::to_string_pretty(rights.document().json()).unwrap();
    expect_file![root().join(path)].assert_eq(&(text + "\n"));
}

/// What Terraform 1.12 and later take in an import block, in the place of an id.
fn identity(schema: &Schema) -> String {
    let attributes: String = schema
        .identity()
        .map(|a| format!("- `{}` (String) {}\n", a.name(), a.summary()))
        .collect();
    format!(
        "### Identity\n\nFor `identity` in an `import` block, Terraform 1.12 and later. Here every attribute has to be given.\n\n{attributes}"
    )
}

fn short(name: &str) -> &str {
    name.trim_start_matches("logenabler_")
}

fn function(name: &str, signature: &Signature, example: &str) -> String {
    let all = || {
        let variadic = signature.variadic_parameter();
        signature.parameters().iter().chain(variadic)
    };
    let typed: Vec<_> = all()
        .map(|parameter| {
            format!(
                "{} {}",
                parameter.name(),
                parameter.ty().to_string().to_lowercase()
            )
        })
        .collect();
    let variadic = signature.variadic_parameter().map_or("", |_| "...");
    let arguments: String = all()
        .map(|parameter| {
            format!(
                "- `{}` ({}) {}\n",
                parameter.name(),
                parameter.ty(),
                parameter.doc()
            )
        })
        .collect();
    let summary = signature.summary();
    format!(
        "---\npage_title: \"{name} (Function)\"\nsubcategory: \"\"\ndescription: |-\n  {summary}.\n---\n\n# {name}\n\n{}\n\n\
         ## Example\n\n{example}\n## Signature\n\n```text\n{name}({}{variadic}) {}\n```\n\n## Arguments\n\n{arguments}",
        signature.description(),
        typed.join(", "),
        signature.returns().to_string().to_lowercase(),
    )
}

fn check(path: &str, text: &str) {
    expect_file![root().join("docs").join(path)].assert_eq(text);
}

fn page(title: &str, schema: &Schema, example: &str) -> String {
    let name = title.split(' ').next().unwrap();
    let summary = schema
        .doc()
        .split(". ")
        .next()
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .trim_end_matches('.');
    format!(
        "---\npage_title: \"{title}\"\nsubcategory: \"\"\ndescription: |-\n  {summary}.\n---\n\n# {name}\n\n{}\n\n\
         ## Example\n\n{example}\n## Schema\n{}",
        schema.doc(),
        attributes(schema.attributes(), schema.blocks())
    )
}

fn attributes(attributes: &[Attribute], blocks: &[Block]) -> String {
    type Belongs = fn(&Attribute) -> bool;
    let groups: [(&str, Belongs); 3] = [
        ("Required", Attribute::is_required),
        ("Optional", Attribute::is_optional),
        ("Read-Only", |a| a.is_computed() && !a.is_optional()),
    ];
    let mut text = String::new();
    for (title, belongs) in groups {
        let mut lines: Vec<_> = attributes
            .iter()
            .filter(|a| belongs(a))
            .map(attribute)
            .collect();
        lines.sort();
        if !lines.is_empty() {
            text += &format!("\n### {title}\n\n{}", lines.concat());
        }
    }
    blocks
        .iter()
        .fold(text, |text, block| text + &self::block(block))
}

fn attribute(attribute: &Attribute) -> String {
    let secret = if attribute.is_sensitive() {
        ", Sensitive"
    } else {
        ""
    };
    let default = attribute.default_value().map_or(String::new(), |value| {
        format!(" Default: `{}`.", plain(value))
    });
    let line = format!(
        "- `{}` ({}{secret}) {}{default}\n",
        attribute.name(),
        attribute.type_name(),
        attribute.doc()
    );
    line + &members(attribute, "  ")
}

/// The attributes of a nested attribute, and of those nested in it.
fn members(attribute: &Attribute, indent: &str) -> String {
    let member = |member: &Attribute| {
        let needed = if member.is_required() {
            ", Required"
        } else {
            ""
        };
        let (name, ty) = (member.name(), member.type_name());
        let within = members(member, &format!("{indent}  "));
        format!(
            "{indent}- `{name}` ({ty}{needed}) {}\n{within}",
            member.doc()
        )
    };
    let mut lines: Vec<_> = attribute.attributes().iter().map(member).collect();
    lines.sort();
    lines.concat()
}

fn block(block: &Block) -> String {
    let mut lines: Vec<_> = block.attributes().iter().map(attribute).collect();
    lines.sort();
    format!(
        "\n### Block `{}`\n\n{}\n\n{}",
        block.name(),
        block.doc(),
        lines.concat()
    )
}

fn plain(value: &Dynamic) -> String {
    match value {
        Dynamic::String(text) => text.clone(),
        Dynamic::Number(number) => number.to_string(),
        Dynamic::Bool(flag) => flag.to_string(),
        other => format!("{other:?}"),
    }
}

fn example(path: &str, language: &str) -> String {
    let text = fs::read_to_string(root().join("examples").join(path)).unwrap();
    format!("```{language}\n{text}```\n")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
