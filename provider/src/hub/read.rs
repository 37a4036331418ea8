//! What AWS holds of a hub, as state: every difference shows in the next plan, also one that no attribute is named for.

use std::collections::BTreeSet;

use tfplugin::{Diagnostic, Diagnostics, Value};

use super::{
    HubCall, Model, environment, monitoring,
    names::Names,
    notifications,
    parts::{FUNCTION_TAG, Found, NEVER, Parts},
};
use crate::aws::{Aws, Bus, Function, LogGroup, Part, Tags, Topic, is_ours, same};
use crate::documents;
use crate::model::{self, held, when};

/// Where an import finds the bus without its tag.
const DEFAULT_FUNCTION: &str = "EventDrivenLogEnabler";

/// The hub as it is now; `None` when its bus is gone.
pub(super) async fn read(call: &HubCall, mut prior: Model) -> Result<Option<Model>, Diagnostics> {
    let aws = call.client();
    let Some(bus) = prior.look_at_bus(aws).await? else {
        return Ok(None);
    };
    if prior.function_name.is_null() {
        let tagged = bus
            .tags
            .get(FUNCTION_TAG)
            .map_or(DEFAULT_FUNCTION, String::as_str);
        prior.function_name = tagged.to_owned().into();
    }
    let names = prior.names(aws)?;
    let before = Parts::of(&names, &prior, prior.deployed());
    let mut found = before.look(aws).await?;
    found.sweep = found.sweep.filter(|rule| is_ours(&before.sweep, rule));
    found.topic = found.topic.filter(|topic| is_ours(&before.topic, topic));
    found.watched = before.monitoring.ours(found.watched);
    let mut model = visible(prior, &names, &found, aws);
    let parts = Parts::of(&names, &model, model.deployed());
    model = model.with_queue_url(aws, &parts).await?;
    model::warn_of_tags(call, &model.tags_all);
    let topic = hidden_topic(&parts, found.topic.as_ref());
    let watched = &found.watched;
    for changed in parts.monitoring.changed(&before.monitoring, watched) {
        call.warn(changed_outside(&changed.what));
        monitoring::hide(&mut model, &changed);
    }
    for hidden in hidden(parts, &before, &found).into_iter().chain(topic) {
        call.warn(hidden.warning());
        *(hidden.attribute)(&mut model) = Value::Null;
    }
    Ok(Some(model))
}

impl Model {
    pub(super) async fn look_at_bus(&self, aws: &Aws) -> Result<Option<Bus>, Diagnostics> {
        let named = Model {
            function_name: self.function_name.clone().or(DEFAULT_FUNCTION.to_owned()),
            ..self.clone()
        };
        let names = named.names(aws)?;
        let bus = Parts::of(&names, &named, named.deployed()).bus;
        Ok(bus.look(aws).await?)
    }
}

/// The attributes that AWS holds a value for.
fn visible(prior: Model, names: &Names, found: &Found, aws: &Aws) -> Model {
    let (tags, tags_all) = model::shown_tags(
        &prior.tags,
        &prior.tags_all,
        agreed_tags(&prior, names, found),
        aws,
    );
    let mut model = Model {
        id: names.id().into(),
        event_bus_arn: names.bus_arn().into(),
        schema_database_name: when(&found.schemas, names.schema_database()),
        log_retention_days: held(&found.log_group, |group: &LogGroup| group.retention_days),
        dead_letter_queue_arn: when(&found.queue, names.queue_arn()),
        sweep_schedule: schedule(found),
        tags,
        tags_all,
        ..prior
    };
    show_senders(&mut model, names, found);
    monitoring::show(&mut model, names, &found.watched);
    show_function(&mut model, names, found);
    show_role(&mut model, names, found);
    model
}

/// A rule that is not there is a hub that never sweeps.
fn schedule(found: &Found) -> Value<String> {
    match &found.sweep {
        Some(rule) => rule.schedule.clone().into(),
        None => NEVER.to_owned().into(),
    }
}

fn show_senders(model: &mut Model, names: &Names, found: &Found) {
    let policy = found.bus.as_ref().and_then(|bus| bus.policy.as_ref());
    let (mut accounts, organization) = policy.map(documents::senders).unwrap_or_default();
    let mut known = model.accounts();
    accounts.remove(&names.account);
    known.remove(&names.account);
    if accounts != known {
        model.source_account_ids = set(accounts);
    }
    model.organization_id = organization.map_or(Value::Null, Value::Known);
}

fn show_function(model: &mut Model, names: &Names, found: &Found) {
    model.function_arn = when(&found.function, names.function_arn());
    let Some(function) = &found.function else {
        // No code is deployed, so the next apply needs the zip. The settings are wanted as they were.
        model.function_sha256 = Value::Null;
        return;
    };
    let Function {
        package, settings, ..
    } = function;
    model.function_sha256 = package.sha256().to_owned().into();
    model.function_role_arn = settings.role_arn.clone().into();
    model.architecture = package.architecture().to_owned().into();
    model.memory_size = settings.memory_size.into();
    model.timeout = settings.timeout.into();
    environment::show(model, &settings.environment);
    let topic = settings.environment.get(environment::TOPIC_ARN);
    notifications::show(model, names, found, topic);
    model.reserved_concurrency = function.reserved_concurrency.into();
}

/// A role of the user's own is theirs: only ours is looked into.
fn show_role(model: &mut Model, names: &Names, found: &Found) {
    if model.role_arn(names) != names.role_arn() {
        return;
    }
    if let Some(role) = &found.role {
        model.permissions_boundary_arn = role.boundary.arn().map_or(Value::Null, Value::Known);
    }
    model.function_role_arn = when(&found.role, names.role_arn());
}

fn agreed_tags(prior: &Model, names: &Names, found: &Found) -> Option<Tags> {
    let own_role = found
        .role
        .as_ref()
        .filter(|_| prior.role_arn(names) == names.role_arn());
    let tags = [
        found.bus.as_ref().map(Part::tags),
        found.log_group.as_ref().map(Part::tags),
        found.queue.as_ref().map(Part::tags),
        found.function.as_ref().map(Part::tags),
        found.rule.as_ref().map(Part::tags),
        found.sweep.as_ref().map(Part::tags),
        found.topic.as_ref().map(Part::tags),
        own_role.map(Part::tags),
    ];
    model::agreed_tags(tags.into_iter().flatten().chain(found.watched.tags()))
}

/// A part that is not as it should be, though no attribute says so: it shows through the ARN it belongs to.
struct Hidden {
    what: String,
    attribute: fn(&mut Model) -> &mut Value<String>,
}

impl Hidden {
    fn warning(&self) -> Diagnostic {
        changed_outside(&self.what)
    }
}

fn changed_outside(what: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The {what} was changed outside Terraform"),
        "It is missing or no longer does its work. The next apply puts it right.",
    )
}

/// Who is subscribed to the topic shows by itself.
fn hidden_topic(parts: &Parts, topic: Option<&Topic>) -> Option<Hidden> {
    let topic = topic?;
    let wanted = parts.topic.clone().subscribed_as(topic);
    (!same(&wanted, Some(topic))).then(|| Hidden {
        what: wanted.label(),
        attribute: |model| &mut model.notification_topic_arn,
    })
}

fn hidden(parts: Parts, before: &Parts, found: &Found) -> Vec<Hidden> {
    let mut hidden = Vec::new();
    let mut note = |same: bool, what: String, attribute: fn(&mut Model) -> &mut Value<String>| {
        if !same {
            hidden.push(Hidden { what, attribute });
        }
    };
    let bus = same(&parts.bus, found.bus.as_ref());
    note(bus, parts.bus.label(), |model| &mut model.event_bus_arn);
    let rule = same(&parts.rule, found.rule.as_ref());
    note(rule, parts.rule.label(), |model| &mut model.event_bus_arn);
    // What it is to look through follows from who may send, which shows by itself.
    let is_as = |sweep| same(sweep, found.sweep.as_ref());
    let sweep = found.sweep.is_none() || is_as(&parts.sweep) || is_as(&before.sweep);
    note(sweep, parts.sweep.label(), |model| {
        &mut model.sweep_schedule
    });
    let schemas = same(&parts.schemas, found.schemas.as_ref());
    note(schemas, parts.schemas.label(), |model| {
        &mut model.schema_database_name
    });
    // A missing log group shows by its days.
    let log_group = found.log_group.is_none() || same(&parts.log_group, found.log_group.as_ref());
    note(log_group, parts.log_group.label(), |model| {
        &mut model.function_arn
    });
    let queue = same(&parts.queue, found.queue.as_ref());
    note(queue, parts.queue.label(), |model| {
        &mut model.dead_letter_queue_arn
    });
    let function = same(&parts.function, found.function.as_ref());
    note(function, parts.function.label(), |model| {
        &mut model.function_arn
    });
    // Its rights follow from who may send, which shows by itself.
    let is_as = |role| same(role, found.role.as_ref());
    let role = !parts.own_role || is_as(&parts.role) || is_as(&before.role);
    note(role, parts.role.label(), |model| {
        &mut model.function_role_arn
    });
    hidden
}

pub(super) fn set(items: BTreeSet<String>) -> Value<Vec<Value<String>>> {
    if items.is_empty() {
        return Value::Null;
    }
    Value::Known(items.into_iter().map(Value::Known).collect())
}
