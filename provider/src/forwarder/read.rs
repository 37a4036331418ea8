//! What AWS holds of a forwarder, as state: every difference shows in the next plan, also one that no attribute is named for.

use tfplugin::{Diagnostic, Diagnostics, Value};

use super::{
    ForwarderCall, Model, Strings, catalog_role,
    parts::{BUS_TAG, Found, LOG_TYPES_TAG, Parts},
    workgroup,
};
use crate::aws::{Aws, Part, Rule, Tags, same};
use crate::model::{self, agreed};

/// The forwarder as it is now; `None` when its first rule is gone.
pub(super) async fn read(
    call: &ForwarderCall,
    mut prior: Model,
) -> Result<Option<Model>, Diagnostics> {
    let aws = call.client();
    let mut parts = Parts::of(&prior, aws)?;
    if prior.event_bus_arn.is_null() {
        // The name of the catalog role follows from it.
        prior.event_bus_arn = parts.tagged_bus(aws).await?.into();
        parts = Parts::of(&prior, aws)?;
    }
    let found = parts.look(aws).await?;
    let Some(first) = found.first_rule() else {
        return Ok(None);
    };
    let mut model = visible(prior.clone(), first, &parts, &found, aws);
    catalog_role::show(&mut model, &parts, &found);
    workgroup::show(&mut model, &parts, &found);
    let mut model = model.with_queue_url(aws, &parts).await?;
    model::warn_of_tags(call, &model.tags_all);
    if model.event_bus_arn.is_null() {
        call.warn(changed("target of the rules"));
    }
    let bus = model::either(&model.event_bus_arn, &prior.event_bus_arn);
    let wanted = Model {
        event_bus_arn: bus,
        ..model.clone()
    };
    show_hidden(call, &Parts::of(&wanted, aws)?, &found, &mut model);
    Ok(Some(model))
}

/// The attributes that AWS holds a value for. Null where the parts do not agree on it: any value could be the one that is
/// configured, and the plan would be empty.
fn visible(prior: Model, first: &Rule, parts: &Parts, found: &Found, aws: &Aws) -> Model {
    let rules: Vec<&Rule> = found.rules.iter().flatten().collect();
    let targets = || rules.iter().filter_map(|rule| rule.target());
    let buses = targets().map(|target| &target.arn);
    let role_arn = if first.target().is_some() {
        agreed(targets().map(|target| target.role_arn.clone()))
            .flatten()
            .into()
    } else {
        prior.role_arn.clone()
    };
    let own_role_gone =
        found.role.is_none() && role_arn.as_str() == Some(parts.names.role_arn().as_str());
    let (tags, tags_all) = model::shown_tags(
        &prior.tags,
        &prior.tags_all,
        agreed_tags(parts, &rules, found),
        aws,
    );
    Model {
        id: parts.names.id().into(),
        event_bus_arn: agreed(buses.chain(first.tags.get(BUS_TAG))).cloned().into(),
        log_types: log_types(&prior, first),
        rule_arns: strings(rules.iter().map(|rule| rule.arn.clone())),
        event_patterns: patterns(&prior, &rules),
        role_arn: if own_role_gone { Value::Null } else { role_arn },
        tags,
        tags_all,
        ..prior
    }
}

/// Log types are kept in a tag, since several share one pattern.
fn log_types(prior: &Model, first: &Rule) -> Strings {
    let tagged = first
        .tags
        .get(LOG_TYPES_TAG)
        .map(String::as_str)
        .unwrap_or_default();
    let mut known: Vec<_> = prior
        .log_types
        .known()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    known.sort_unstable();
    if known.join(" ") == tagged {
        return prior.log_types.clone();
    }
    strings(tagged.split_whitespace().map(str::to_owned))
}

/// Patterns as they were planned where AWS holds the same JSON, else what AWS holds.
fn patterns(prior: &Model, rules: &[&Rule]) -> Strings {
    let planned: Vec<_> = prior
        .event_patterns
        .known()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let same =
        |text: &&&str, rule: &Rule| serde_json::from_str(text).ok().as_ref() == Some(&rule.pattern);
    strings(rules.iter().enumerate().map(|(index, rule)| {
        let unchanged = planned.get(index).filter(|text| same(text, rule));
        unchanged.map_or_else(|| rule.pattern.to_string(), |text| (*text).to_owned())
    }))
}

fn agreed_tags(parts: &Parts, rules: &[&Rule], found: &Found) -> Option<Tags> {
    let own_role = found.role.as_ref().filter(|_| parts.own_role);
    let tags = rules.iter().map(|rule| rule.tags());
    let catalog_role = found
        .catalog_role
        .as_ref()
        .filter(|_| parts.has_catalog_role);
    let tags = tags.chain(catalog_role.map(Part::tags));
    let tags = tags.chain(found.queue.as_ref().map(Part::tags));
    let workgroup = found.workgroup.as_ref().filter(|_| parts.has_workgroup);
    let tags = tags.chain(workgroup.map(Part::tags));
    model::agreed_tags(tags.chain(own_role.map(Part::tags)))
}

/// A part that is not as it should be, though no attribute says so, shows through the ARN or URL it belongs to.
fn show_hidden(call: &ForwarderCall, parts: &Parts, found: &Found, model: &mut Model) {
    for (rule, found) in parts.rules.iter().zip(&found.rules) {
        if let Some(found) = found
            && !same(&but_for_bus(rule, found, model), Some(found))
        {
            call.warn(changed(&rule.label()));
            model.rule_arns = Value::Null;
        }
    }
    if parts.own_role && found.role.is_some() && !same(&parts.role, found.role.as_ref()) {
        call.warn(changed(&parts.role.label()));
        model.role_arn = Value::Null;
    }
    if let Some(role) = parts.wanted_catalog_role()
        && found.catalog_role.is_some()
        && !same(role, found.catalog_role.as_ref())
    {
        call.warn(changed(&role.label()));
        model.catalog_role_arn = Value::Null;
    }
    if let Some(workgroup) = parts.wanted_workgroup()
        && found.workgroup.is_some()
        && !same(workgroup, found.workgroup.as_ref())
    {
        call.warn(changed(&workgroup.label()));
        model.workgroup_arn = Value::Null;
    }
    if found.queue.is_some() && !same(&parts.queue, found.queue.as_ref()) {
        call.warn(changed(&parts.queue.label()));
        model.dead_letter_queue_url = Value::Null;
    }
}

/// What is wanted of a rule; where the bus shows already that target and tag do not agree, with both as they were found.
fn but_for_bus(wanted: &Rule, found: &Rule, model: &Model) -> Rule {
    let mut rule = wanted.clone();
    if model.event_bus_arn.is_null() {
        for (target, found) in rule.targets.iter_mut().zip(found.target()) {
            target.arn.clone_from(&found.arn);
        }
        let found = found.tags.get_key_value(BUS_TAG);
        let found = found.map(|(key, value)| (key.clone(), value.clone()));
        rule.tags.extend(found);
    }
    rule
}

fn changed(what: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The {what} was changed outside Terraform"),
        "It no longer does all its work. The next apply puts it right.",
    )
}

fn strings(items: impl Iterator<Item = String>) -> Strings {
    Value::Known(items.map(Value::Known).collect())
}
