//! The workgroup for readers: where they find queries saved for the tables of the region, and what a query may cost.

use logenabler_catalog::{Arn, workgroup};
use tfplugin::{Attribute, Diagnostic, Path, Value};

use super::{
    Model,
    names::Names,
    parts::{Found, Parts},
};
use crate::aws::{Tags, Workgroup, arn, is_ours};
use crate::validate;

pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::bool(
            "create_workgroup",
            "Whether to make an Athena workgroup for those who query the tables of this region, called as the hub's event bus. \
             Turning it off removes it, with the queries that are saved in it.",
        )
        .default(false),
        Attribute::string(
            "query_results_location",
            "Where the results of all queries in the workgroup go, such as `s3://bucket/prefix/`: into a bucket of this account and region, \
             encrypted with keys of S3 (SSE-S3). Default: each reader says where.",
        )
        .optional()
        .validate(validate::results_location),
        Attribute::int(
            "bytes_scanned_cutoff_per_query",
            "Most bytes that a query in the workgroup may read before Athena stops it, at least 10000000. Default: no limit.",
        )
        .optional()
        .validate_int(validate::bytes_scanned),
        Attribute::string("workgroup_arn", "ARN of the workgroup, where one is made.").computed(),
    ]
}

/// The workgroup that is named as the bus; `None` while that is not known, or where it cannot be.
pub(super) fn part(names: &Names, model: &Model, tags: &Tags) -> Option<Workgroup> {
    let bus: Arn = model.event_bus_arn.as_str()?.parse().ok()?;
    let name = workgroup(&bus)?;
    let mut part = Workgroup::new(&names.region, name, arn_of(names, name), tags);
    if let Some(location) = model.query_results_location.as_str() {
        part = part.with_results(location, &names.account);
    }
    if let Some(bytes) = model.bytes_scanned_cutoff_per_query.known() {
        part = part.with_cutoff(*bytes);
    }
    Some(part)
}

pub(super) fn is_wanted(model: &Model) -> bool {
    model.create_workgroup.known() == Some(&true)
}

/// Athena is not asked for what nobody uses, since not everybody may ask it. An import cannot know yet.
pub(super) fn is_looked_for(model: &Model) -> bool {
    is_wanted(model) || model.event_patterns.is_null()
}

pub(super) fn planned_arn(planned: &Model, names: Option<&Names>) -> Value<String> {
    match planned.create_workgroup {
        Value::Known(true) => names
            .and_then(|names| part(names, planned, &Tags::new()))
            .map_or(Value::Unknown, |part| part.arn.into()),
        Value::Unknown => Value::Unknown,
        _ => Value::Null,
    }
}

/// What AWS holds of it.
pub(super) fn show(model: &mut Model, parts: &Parts, found: &Found) {
    let wanted = parts.workgroup.as_ref().zip(found.workgroup.as_ref());
    let held = wanted.filter(|(wanted, found)| parts.has_workgroup || is_ours(*wanted, *found));
    let held = held.map(|(_, found)| found);
    if let Some(held) = held {
        model.query_results_location = held.results().map(str::to_owned).into();
        model.bytes_scanned_cutoff_per_query = held.cutoff().into();
    }
    model.create_workgroup = (parts.has_workgroup || held.is_some()).into();
    model.workgroup_arn = held.map(|held| held.arn.clone()).into();
}

/// What would have no effect.
pub(super) fn wrong(config: &Model) -> Option<Diagnostic> {
    if config.create_workgroup.is_unknown() || is_wanted(config) {
        return None;
    }
    let unused = [
        (
            "query_results_location",
            config.query_results_location.is_known(),
        ),
        (
            "bytes_scanned_cutoff_per_query",
            config.bytes_scanned_cutoff_per_query.is_known(),
        ),
    ];
    let (attribute, _) = unused.into_iter().find(|(_, is_set)| *is_set)?;
    let summary = format!("{attribute} would have no effect");
    let next =
        format!("It is for the workgroup. Set create_workgroup to true, or leave {attribute} out.");
    Some(Diagnostic::error(summary, next).at(Path::attribute(attribute)))
}

/// A workgroup that is wanted for a bus whose name it cannot have.
pub(super) fn unnamed(model: &Model) -> Option<Diagnostic> {
    let bus: Arn = model.event_bus_arn.as_str()?.parse().ok()?;
    if !is_wanted(model) || workgroup(&bus).is_some() {
        return None;
    }
    let summary = "No workgroup can be called as the event bus is";
    let next = "Athena takes 1 to 128 letters, digits, '.', '-' and '_', and keeps \"primary\" for itself. Leave create_workgroup out, \
                or make a hub with another event_bus_name.";
    Some(Diagnostic::error(summary, next).at(Path::attribute("create_workgroup")))
}

fn arn_of(names: &Names, name: &str) -> String {
    arn(
        "athena",
        &names.region,
        &names.account,
        &format!("workgroup/{name}"),
    )
}
