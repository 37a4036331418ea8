//! Names of tables: a pure function of the log type and the resource, which no two resources share.

use crate::log::Resource;
use crate::log_type::LogType;
use crate::table_schema::TableSchema;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Glue's limit of 255, less the `_raw` of a table that stands beside a view.
const MAX_LENGTH: usize = 251;
/// `_` and six hexadecimal digits.
const SUFFIX_LENGTH: usize = 7;

/// What the name of a view's table has behind the view's.
const BELOW: &str = "_raw";

/// Stands for the resource's name in a template.
pub(crate) const RESOURCE_NAME: &str = "{resource_name}";

/// The template of table names, unless a table schema has another.
pub(crate) fn template(log_type: &LogType) -> String {
    format!("{}{RESOURCE_NAME}", log_type.table_prefix)
}

/// The template, with the resource's name in lower case, and `_` for `-`. A name that has, or needs, anything more gets a
/// suffix that tells it from the names it would otherwise fall together with; so does one that looks like the table below
/// another's view.
pub(crate) fn table_name(log_type: &LogType, resource: &Resource, schema: &TableSchema) -> String {
    match of_template(log_type, resource, schema) {
        (name, true) => name,
        (mut name, false) => {
            name.truncate(MAX_LENGTH - SUFFIX_LENGTH);
            name + &suffix(log_type, resource)
        }
    }
}

/// Whether the name of its table depends on nothing but the resource's own.
pub(crate) fn is_plain(log_type: &LogType, resource: &Resource, schema: &TableSchema) -> bool {
    of_template(log_type, resource, schema).1
}

/// The name without a suffix, and whether no other resource can have it.
fn of_template(log_type: &LogType, resource: &Resource, schema: &TableSchema) -> (String, bool) {
    let usual = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let template = schema
        .table_name
        .clone()
        .unwrap_or_else(|| template(log_type));
    let name = template.replace(RESOURCE_NAME, &words(&resource.name));
    let below_a_view = log_type.may_have_view() && is_below_another(&name, &template);
    let plain = resource.name.bytes().all(usual) && !below_a_view && name.len() <= MAX_LENGTH;
    (name, plain)
}

/// Whether a view of that template may stand on a table of this name.
fn is_below_another(name: &str, template: &str) -> bool {
    let around = template.split_once(RESOURCE_NAME);
    let (before, after) = around.unwrap_or((template, ""));
    let view = name.strip_suffix(BELOW);
    view.is_some_and(|view| view.starts_with(before) && view.ends_with(after))
}

/// The name of the table that a view is over.
pub(crate) fn below_view(name: &str) -> String {
    format!("{name}{BELOW}")
}

/// The name of the view that a table of this name would be below.
pub(crate) fn above(name: &str) -> Option<&str> {
    name.strip_suffix(BELOW)
}

/// Only what Glue and Athena take without quoting; ASCII, so that it can be cut anywhere.
fn words(name: &str) -> String {
    let word = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    name.chars().map(word).collect()
}

fn suffix(log_type: &LogType, resource: &Resource) -> String {
    let identity = [
        log_type.name,
        &resource.account,
        &resource.region,
        &resource.name,
    ]
    .join("\0");
    Sha256::digest(identity)
        .iter()
        .take(3)
        .fold("_".to_owned(), |mut suffix, byte| {
            // Writing to a String cannot fail.
            let _ = write!(suffix, "{byte:02x}");
            suffix
        })
}
