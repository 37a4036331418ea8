//! A forwarder's plan: names, rules and patterns, all known before anything is made.

use logenabler_catalog::{Arn, LOG_TYPES, LogType, Partition, event_patterns, log_type};
use tfplugin::{Diagnostic, Diagnostics, Path, Plan, Value};

use super::{Model, Strings, catalog_role, names::Names, workgroup};
use crate::aws::Aws;
use crate::model;

pub(super) fn plan(aws: &Aws, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
    let config = plan.config.clone();
    for warning in refine(aws, &config, &mut plan.planned)? {
        plan.warn(warning);
    }
    Ok(())
}

/// Fills in what follows from configuration; answers what to warn of.
pub(super) fn refine(
    aws: &Aws,
    config: &Model,
    planned: &mut Model,
) -> Result<Vec<Diagnostic>, Diagnostics> {
    planned.region = model::region(&config.region, aws);
    planned.tags_all = model::all_tags(&planned.tags, aws);
    planned.rule_name = rule_name(config);
    planned.log_types = log_types(&config.log_types, &planned.region);
    planned.event_patterns = patterns(&planned.log_types);
    plan_names(aws, config, planned);
    reachable(planned)?;
    if let Some(unnamed) = workgroup::unnamed(planned) {
        return Err(unnamed.into());
    }
    Ok(misplaced(&config.log_types, &planned.region))
}

/// What configuration says, or a name that tells where the events go.
fn rule_name(config: &Model) -> Value<String> {
    if !config.rule_name.is_null() {
        return config.rule_name.clone();
    }
    let bus = config
        .event_bus_arn
        .as_str()
        .and_then(|arn| arn.parse::<Arn>().ok());
    bus.map_or(Value::Unknown, |bus| {
        format!("ForwardLoggingEvents-to-{}", bus.region).into()
    })
}

fn log_types(config: &Strings, region: &Value<String>) -> Strings {
    if !config.is_null() {
        return config.clone();
    }
    let Some(region) = region.as_str() else {
        return Value::Unknown;
    };
    let here = LOG_TYPES
        .iter()
        .filter(|log_type| log_type.in_region(region));
    Value::Known(
        here.map(|log_type| log_type.name.to_owned().into())
            .collect(),
    )
}

fn patterns(log_types: &Strings) -> Strings {
    match known_types(log_types) {
        Some(types) => strings(event_patterns(&types)),
        None => Value::Unknown,
    }
}

/// The named log types; `None` while any of them is unknown.
fn known_types(log_types: &Strings) -> Option<Vec<&'static LogType>> {
    let names = log_types.known()?;
    if names.iter().any(Value::is_unknown) {
        return None;
    }
    Some(
        names
            .iter()
            .filter_map(|name| log_type(name.as_str()?))
            .collect(),
    )
}

fn plan_names(aws: &Aws, config: &Model, planned: &mut Model) {
    let names = Names::known(planned, aws);
    let rules = planned.event_patterns.known().map(Vec::len);
    planned.id = names
        .as_ref()
        .map_or(Value::Unknown, |names| names.id().into());
    planned.rule_arns = names
        .as_ref()
        .zip(rules)
        .map_or(Value::Unknown, |(names, rules)| {
            strings(names.rule_arns(rules))
        });
    if config.role_arn.is_null() {
        planned.role_arn = names
            .as_ref()
            .map_or(Value::Unknown, |names| names.role_arn().into());
    }
    planned.catalog_role_arn = catalog_role::planned_arn(planned, names.as_ref());
    planned.workgroup_arn = workgroup::planned_arn(planned, names.as_ref());
    if planned.dead_letter_queue_url.is_null() {
        planned.dead_letter_queue_url = Value::Unknown;
    }
}

/// EventBridge sends across regions only within the commercial partition, and never to another partition.
fn reachable(planned: &Model) -> Result<(), Diagnostics> {
    let (Some(region), Some(bus)) = (planned.region.as_str(), planned.event_bus_arn.as_str())
    else {
        return Ok(());
    };
    let Ok(bus) = bus.parse::<Arn>() else {
        return Ok(());
    };
    let (here, there) = (
        Partition::of_region(region),
        Partition::of_region(&bus.region),
    );
    let problem = if here != there {
        format!(
            "{region} is in partition {}, the bus in {}: events cannot cross.",
            here.name, there.name
        )
    } else if here.name != "aws" && region != bus.region {
        format!(
            "In partition {} EventBridge cannot send from {region} to a bus in {}.",
            here.name, bus.region
        )
    } else {
        return Ok(());
    };
    let next = "Make a hub in this forwarder's own region and send to that.";
    Err(Diagnostic::error(
        "The hub's bus cannot be reached from this region",
        format!("{problem} {next}"),
    )
    .at(Path::attribute("event_bus_arn"))
    .into())
}

fn misplaced(config: &Strings, region: &Value<String>) -> Vec<Diagnostic> {
    let Some(region) = region.as_str() else {
        return Vec::new();
    };
    let types = known_types(config).unwrap_or_default();
    let elsewhere = types
        .into_iter()
        .filter(|log_type| !log_type.in_region(region));
    elsewhere
        .map(|log_type| warn_misplaced(log_type, region))
        .collect()
}

fn warn_misplaced(log_type: &LogType, region: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The log type {} sends no events in {region}", log_type.name),
        match Partition::of_region(region).home_of_global() {
            Some(home) => format!(
                "Its service reports in {home} only. Add a forwarder there and leave it out here."
            ),
            None => "Its service is not in this partition. Leave it out.".to_owned(),
        },
    )
    .at(Path::attribute("log_types"))
}

fn strings(items: Vec<String>) -> Strings {
    Value::Known(items.into_iter().map(Value::Known).collect())
}
