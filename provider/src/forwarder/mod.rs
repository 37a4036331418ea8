//! `logenabler_region_forwarder`: one source region, whose logging events go to the hub's bus.

mod catalog_role;
mod first_sweep;
pub(crate) mod names;
mod parts;
mod plan;
mod read;
mod schema;
mod trail;
mod workgroup;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tfplugin::{Call, Diagnostic, Diagnostics, Moved, Path, Plan, Resource, Schema, Value};

use crate::aws::Aws;
use crate::model::{self, TagMap};
use crate::moved;
use crate::timeouts::{Operation, Timeouts, within};
use parts::Parts;
use trail::warn_without_trail;

/// The forwarder.
pub(crate) struct Forwarder;

type Strings = Value<Vec<Value<String>>>;

/// A forwarder's configuration and state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Model {
    pub(crate) id: Value<String>,
    pub(crate) region: Value<String>,
    pub(crate) event_bus_arn: Value<String>,
    pub(crate) log_types: Strings,
    pub(crate) rule_name: Value<String>,
    pub(crate) rule_arns: Strings,
    pub(crate) event_patterns: Strings,
    pub(crate) role_arn: Value<String>,
    pub(crate) create_catalog_role: Value<bool>,
    pub(crate) hub_function_role_arn: Value<String>,
    pub(crate) external_id: Value<String>,
    pub(crate) catalog_role_arn: Value<String>,
    pub(crate) create_workgroup: Value<bool>,
    pub(crate) query_results_location: Value<String>,
    pub(crate) bytes_scanned_cutoff_per_query: Value<i64>,
    pub(crate) workgroup_arn: Value<String>,
    pub(crate) dead_letter_queue_url: Value<String>,
    pub(crate) tags: TagMap,
    pub(crate) tags_all: TagMap,
    pub(crate) timeouts: Timeouts,
}

type ForwarderCall = Call<Aws, Model>;

impl Resource<Aws> for Forwarder {
    type Model = Model;
    const NAME: &str = "region_forwarder";

    fn schema() -> Schema {
        schema::schema()
    }

    fn validate(config: &Model) -> Diagnostics {
        let mut wrong = model::wrong_tag_keys(&config.tags);
        if config.log_types.known().is_some_and(Vec::is_empty) {
            wrong.push(no_log_types());
        }
        wrong.extend(catalog_role::wrong(config));
        wrong.extend(workgroup::wrong(config));
        wrong
    }

    fn plan(aws: &Aws, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
        plan::plan(aws, plan)
    }

    async fn create(call: &ForwarderCall, planned: Model) -> Result<Model, Diagnostics> {
        let aws = call.client();
        let parts = Parts::of(&planned, aws)?;
        let _turn = aws.turn_in(&parts.names.region).await;
        let timeouts = planned.timeouts.clone();
        let work = async {
            let found = parts.look(aws).await?;
            if found.is_there() {
                return Err(import_instead(&planned).into());
            }
            parts.refuse_strangers(&found)?;
            call.save(&planned);
            parts.make(aws, &found, None).await?;
            planned.with_queue_url(aws, &parts).await
        };
        let made = within(&timeouts, Operation::Create, work).await?;
        warn_without_trail(call, &parts.names.region).await;
        first_sweep::start(
            call,
            &parts.names,
            made.event_bus_arn.as_str().unwrap_or_default(),
        )
        .await;
        Ok(made)
    }

    async fn read(call: &ForwarderCall, prior: Model) -> Result<Option<Model>, Diagnostics> {
        let found = read::read(call, prior).await?;
        if let Some(region) = found.as_ref().and_then(|found| found.region.as_str()) {
            warn_without_trail(call, region).await;
        }
        Ok(found)
    }

    async fn update(
        call: &ForwarderCall,
        prior: Model,
        planned: Model,
    ) -> Result<Model, Diagnostics> {
        let mut parts = Parts::of(&planned, call.client())?;
        let former = Parts::of(&prior, call.client())?;
        parts.looks_for_workgroup |= former.looks_for_workgroup;
        let timeouts = planned.timeouts.clone();
        let work = async {
            let found = parts.look(call.client()).await?;
            parts.refuse_strangers(&found)?;
            if parts.has_workgroup && !former.has_workgroup {
                // Where this update fails, the next operation looks for it, whatever is wanted by then.
                call.save(&Model {
                    create_workgroup: true.into(),
                    ..prior
                });
            }
            parts.make(call.client(), &found, Some(&former)).await?;
            planned.with_queue_url(call.client(), &parts).await
        };
        within(&timeouts, Operation::Update, work).await
    }

    async fn delete(call: &ForwarderCall, prior: Model) -> Result<(), Diagnostics> {
        let aws = call.client();
        let work = async {
            let mut prior = prior.clone();
            if prior.event_bus_arn.is_null() {
                // Somebody has pointed the rule elsewhere: names of parts follow from where it was made to send.
                prior.event_bus_arn = Parts::of(&prior, aws)?.tagged_bus(aws).await?.into();
            }
            let parts = Parts::of(&prior, aws)?;
            let found = parts.look(aws).await?;
            Ok(parts.remove(aws, &found).await?)
        };
        within(&prior.timeouts, Operation::Delete, work).await
    }

    /// An import needs the rule only; the next read finds the rest, and the next apply makes what is missing.
    async fn import(_call: &ForwarderCall, id: &str) -> Result<Model, Diagnostics> {
        let (region, rule) =
            model::region_and_name(id, "eu-west-1/ForwardLoggingEvents-to-ap-southeast-2")?;
        Ok(Model {
            id: id.to_owned().into(),
            region: region.into(),
            rule_name: rule.into(),
            ..Model::default()
        })
    }

    fn id_of(identity: &Model) -> Result<String, Diagnostics> {
        model::id_of(&[&identity.region, &identity.rule_name])
    }

    fn adopt(source: Moved) -> Result<Json, Diagnostics> {
        moved::refuse(
            &source,
            "logenabler_region_forwarder",
            "<region>/<rule name>",
        )
    }
}

impl Model {
    async fn with_queue_url(mut self, aws: &Aws, parts: &Parts) -> Result<Self, Diagnostics> {
        self.dead_letter_queue_url = parts
            .queue
            .url(aws)
            .await?
            .map_or(Value::Null, Value::Known);
        Ok(self)
    }
}

fn no_log_types() -> Diagnostic {
    Diagnostic::error(
        "A forwarder needs at least one log type",
        "Name the log types to watch, or leave log_types out to watch all that exist in the region.",
    )
    .at(Path::attribute("log_types"))
}

fn import_instead(planned: &Model) -> Diagnostic {
    let id = planned.id.as_str().unwrap_or_default();
    let rule = planned.rule_name.as_str().unwrap_or_default();
    Diagnostic::error(
        format!("The rule {rule} exists already"),
        format!(
            "A forwarder is never taken over silently. To manage the existing one, run:\n\n    \
             terraform import logenabler_region_forwarder.<name> {id}\n\nOr choose another rule_name."
        ),
    )
}

#[cfg(test)]
mod tests;
