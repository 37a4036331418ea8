//! What AWS holds of a forwarder, as state: every difference shows in the next plan, also one that no attribute is named for.

use tfplugin::{Diagnostic, Diagnostics, Value};

use super::{
    ForwarderCall, Model, Strings,
    parts::{BUS_TAG, Found, LOG_TYPES_TAG, Parts},
};
use crate::aws::{Aws, Part, Rule, Tags, same};
use crate::model::{self, known_tags, tag_map};

/// The forwarder as it is now; `None` when its first rule is gone.
pub(super) async fn read(call: &ForwarderCall, prior: Model) -> Result<Option<Model>, Diagnostics> {
    let aws = call.client();
    let parts = Parts::of(&prior, aws)?;
    let found = parts.look(aws).await?;
    let Some(first) = found.first_rule() else {
        return Ok(None);
    };
    let mut model = visible(prior, first, &parts, &found, aws);
    let parts = Parts::of(&model, aws)?;
    model = model.with_queue_url(aws, &parts).await?;
    show_hidden(call, &parts, &found, &mut model);
    Ok(Some(model))
}

/// The attributes that AWS holds a value for.
fn visible(prior: Model, first: &Rule, parts: &Parts, found: &Found, aws: &Aws) -> Model {
    let rules: Vec<&Rule> = found.rules.iter().flatten().collect();
    let tags_all = drifted_tags(&prior, parts, &rules, found);
    let target = first.targets.first();
    let role_arn = target.and_then(|target| target.role_arn.clone());
    let own_role_gone = found.role.is_none() && role_arn.as_ref() == Some(&parts.names.role_arn());
    Model {
        id: parts.names.id().into(),
        event_bus_arn: target
            .map(|target| &target.arn)
            .or(first.tags.get(BUS_TAG))
            .map_or(Value::Null, |arn| arn.clone().into()),
        log_types: log_types(&prior, first),
        rule_arns: strings(rules.iter().map(|rule| rule.arn.clone())),
        event_patterns: patterns(&prior, &rules),
        role_arn: role_arn
            .filter(|_| !own_role_gone)
            .map_or(Value::Null, Value::Known),
        tags: model::shown_tags(&prior.tags, &prior.tags_all, &tags_all, aws),
        tags_all: tag_map(tags_all),
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

fn drifted_tags(prior: &Model, parts: &Parts, rules: &[&Rule], found: &Found) -> Tags {
    let own_role = found.role.as_ref().filter(|_| parts.own_role);
    let tags = rules.iter().map(|rule| rule.tags());
    let tags = tags.chain(found.queue.as_ref().map(Part::tags));
    model::first_drift(
        tags.chain(own_role.map(Part::tags)),
        known_tags(&prior.tags_all),
    )
}

/// A part that is not as it should be, though no attribute says so, shows through the ARN or URL it belongs to.
fn show_hidden(call: &ForwarderCall, parts: &Parts, found: &Found, model: &mut Model) {
    let rules = parts.rules.iter().zip(&found.rules);
    for (rule, _) in
        rules.filter(|(wanted, found)| found.is_some() && !same(*wanted, found.as_ref()))
    {
        call.warn(changed(&rule.label()));
        model.rule_arns = Value::Null;
    }
    if parts.own_role && found.role.is_some() && !same(&parts.role, found.role.as_ref()) {
        call.warn(changed(&parts.role.label()));
        model.role_arn = Value::Null;
    }
    if found.queue.is_some() && !same(&parts.queue, found.queue.as_ref()) {
        call.warn(changed(&parts.queue.label()));
        model.dead_letter_queue_url = Value::Null;
    }
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
