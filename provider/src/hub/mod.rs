//! `logenabler_hub`: the central region: the bus that logging events come to, and the function that makes tables of them.

mod drift_watch;
mod environment;
mod filter;
mod monitoring;
pub(crate) mod names;
mod notifications;
mod parts;
mod read;
mod readers;
mod saved_queries;
mod schema;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tfplugin::{Call, Diagnostic, Diagnostics, Moved, Path, Plan, Resource, Schema, Value};

use crate::aws::{Aws, Tags};
use crate::model::{self, TagMap, known_tags};
use crate::moved;
use crate::package::{Package, Unusable};
use crate::timeouts::{Operation, Timeouts, within};
use names::Names;
pub(crate) use names::{schema_database, short_name};
pub(crate) use parts::FUNCTION_TAG;
use parts::Parts;

/// The hub.
pub(crate) struct Hub;

/// A hub's configuration and state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Model {
    pub(crate) id: Value<String>,
    pub(crate) region: Value<String>,
    pub(crate) event_bus_name: Value<String>,
    pub(crate) event_bus_arn: Value<String>,
    pub(crate) function_name: Value<String>,
    pub(crate) function_arn: Value<String>,
    pub(crate) function_package: Value<String>,
    pub(crate) function_sha256: Value<String>,
    pub(crate) function_role_arn: Value<String>,
    pub(crate) architecture: Value<String>,
    pub(crate) memory_size: Value<i64>,
    pub(crate) timeout: Value<i64>,
    pub(crate) log_retention_days: Value<i64>,
    pub(crate) log_level: Value<String>,
    pub(crate) reserved_concurrency: Value<i64>,
    pub(crate) permissions_boundary_arn: Value<String>,
    pub(crate) source_account_ids: Value<Vec<Value<String>>>,
    pub(crate) organization_id: Value<String>,
    pub(crate) external_id: Value<String>,
    pub(crate) sweep_schedule: Value<String>,
    pub(crate) dry_run: Value<bool>,
    pub(crate) drift_watch: Value<bool>,
    pub(crate) include_names: Value<Vec<Value<String>>>,
    pub(crate) exclude_names: Value<Vec<Value<String>>>,
    pub(crate) include_tags: TagMap,
    pub(crate) exclude_tags: TagMap,
    pub(crate) enable_saved_queries: Value<bool>,
    pub(crate) enable_sns_notifications: Value<bool>,
    pub(crate) notification_email: Value<String>,
    pub(crate) notification_topic_arn: Value<String>,
    pub(crate) lake_formation_readers: Value<Vec<Value<String>>>,
    pub(crate) create_alarms: Value<bool>,
    pub(crate) quiet_days: Value<i64>,
    pub(crate) alarm_arns: TagMap,
    pub(crate) create_dashboard: Value<bool>,
    pub(crate) dashboard_arn: Value<String>,
    pub(crate) schema_database_name: Value<String>,
    pub(crate) dead_letter_queue_arn: Value<String>,
    pub(crate) dead_letter_queue_url: Value<String>,
    pub(crate) tags: TagMap,
    pub(crate) tags_all: TagMap,
    pub(crate) timeouts: Timeouts,
}

type HubCall = Call<Aws, Model>;

impl Resource<Aws> for Hub {
    type Model = Model;
    const NAME: &str = "hub";

    fn schema() -> Schema {
        schema::schema()
    }

    fn validate(config: &Model) -> Diagnostics {
        let mut wrong = model::wrong_tag_keys(&config.tags);
        wrong.extend(filter::wrong(config));
        wrong.extend(notifications::wrong(config));
        wrong.extend(monitoring::wrong(config));
        if config.function_role_arn.is_known() && config.permissions_boundary_arn.is_known() {
            wrong.push(boundary_of_no_role());
        }
        wrong
    }

    /// Everything that follows from the configuration is known in the plan: names, ARNs, the hash of the code.
    fn plan(aws: &Aws, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
        let hub = &mut plan.planned;
        hub.region = model::region(&plan.config.region, aws);
        hub.tags_all = model::all_tags(&hub.tags, aws);
        plan_names(aws, &plan.config, hub);
        if let Some(wrong) = known_names(aws, hub).and_then(|it| environment::too_long(&it, hub)) {
            return Err(wrong.into());
        }
        let foreign = known_names(aws, hub).and_then(|it| readers::foreign(&it, hub));
        if let Some(wrong) = foreign.or_else(|| monitoring::unreachable(hub)) {
            return Err(wrong.into());
        }
        plan_package(plan)
    }

    async fn create(call: &HubCall, planned: Model) -> Result<Model, Diagnostics> {
        let aws = call.client();
        let (names, parts) = planned.parts(aws, None)?;
        let _turn = aws.turn_in(&names.region).await;
        let timeouts = planned.timeouts.clone();
        let work = async {
            let found = parts.look(aws).await?;
            if found.bus.is_some() {
                return Err(import_instead(&names).into());
            }
            parts.refuse_strangers(&found)?;
            call.save(&planned);
            parts.make(aws, &found).await?;
            planned.with_queue_url(aws, &parts).await
        };
        within(&timeouts, Operation::Create, work).await
    }

    async fn read(call: &HubCall, prior: Model) -> Result<Option<Model>, Diagnostics> {
        read::read(call, prior).await
    }

    async fn update(call: &HubCall, prior: Model, planned: Model) -> Result<Model, Diagnostics> {
        let aws = call.client();
        let (_, parts) = planned.parts(aws, Some(&prior))?;
        let timeouts = planned.timeouts.clone();
        let work = async {
            let found = parts.look(aws).await?;
            parts.refuse_strangers(&found)?;
            parts.make(aws, &found).await?;
            planned.with_queue_url(aws, &parts).await
        };
        within(&timeouts, Operation::Update, work).await
    }

    async fn delete(call: &HubCall, prior: Model) -> Result<(), Diagnostics> {
        let names = prior.names(call.client())?;
        let parts = Parts::of(&names, &prior, prior.deployed());
        let work = async {
            let found = parts.look(call.client()).await?;
            parts.remove(call.client(), &found).await
        };
        within(&prior.timeouts, Operation::Delete, work).await
    }

    /// An import needs the bus only; the next read finds the rest, and the next apply makes what is missing.
    async fn import(_call: &HubCall, id: &str) -> Result<Model, Diagnostics> {
        let (region, bus) = model::region_and_name(id, "eu-west-1/log-enablement-bus")?;
        Ok(Model {
            id: id.to_owned().into(),
            region: region.into(),
            event_bus_name: bus.into(),
            ..Model::default()
        })
    }

    fn id_of(identity: &Model) -> Result<String, Diagnostics> {
        model::id_of(&[&identity.region, &identity.event_bus_name])
    }

    fn adopt(source: Moved) -> Result<Json, Diagnostics> {
        moved::refuse(&source, "logenabler_hub", "<region>/<event bus name>")
    }
}

impl Model {
    fn names(&self, aws: &Aws) -> Result<Names, Diagnostics> {
        Ok(Names {
            account: model::needed(&aws.account.id, "account")?,
            region: model::needed(&self.region, "region")?,
            bus: model::needed(&self.event_bus_name, "event_bus_name")?,
            function: model::needed(&self.function_name, "function_name")?,
        })
    }

    /// The parts as this model wants them. The zip is opened only when other code than before is to be deployed.
    fn parts(&self, aws: &Aws, prior: Option<&Self>) -> Result<(Names, Parts), Diagnostics> {
        let names = self.names(aws)?;
        let deployed = self.deployed();
        let package = match prior {
            Some(prior) if prior.deployed() == deployed => deployed,
            _ => choose(self).map_err(unusable_package)?,
        };
        if package != self.deployed() {
            return Err(package_changed().into());
        }
        let parts = Parts::of(&names, self, package);
        Ok((names, parts))
    }

    /// The code that this model says is deployed.
    fn deployed(&self) -> Package {
        let sha256 = self.function_sha256.as_str().unwrap_or_default();
        Package::deployed(sha256, self.architecture.as_str().unwrap_or_default())
    }

    /// The deployed code, where `config` asks for no other.
    fn kept(&self, config: &Self) -> Option<Package> {
        let same_path = self.function_package == config.function_package;
        let same_architecture =
            config.architecture.is_null() || config.architecture == self.architecture;
        let known = self.function_sha256.is_known();
        (same_path && same_architecture && known).then(|| self.deployed())
    }

    fn accounts(&self) -> BTreeSet<String> {
        let ids = self.source_account_ids.known().into_iter().flatten();
        ids.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn all_tags(&self) -> Tags {
        known_tags(&self.tags_all)
    }

    fn role_arn(&self, names: &Names) -> String {
        self.function_role_arn
            .as_str()
            .map_or_else(|| names.role_arn(), str::to_owned)
    }

    async fn with_queue_url(mut self, aws: &Aws, parts: &Parts) -> Result<Self, Diagnostics> {
        self.dead_letter_queue_url = parts
            .queue
            .url(aws)
            .await?
            .map_or(Value::Null, Value::Known);
        Ok(self)
    }
}

/// A zip that is no longer there is no obstacle to what needs no zip, such as a destroy.
fn plan_package(plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
    let config = &plan.config;
    if config.function_package.is_unknown() || config.architecture.is_unknown() {
        plan.planned.function_sha256 = Value::Unknown;
        plan.planned.architecture = model::unless_null(&config.architecture);
        return Ok(());
    }
    let package = match (
        choose(config),
        plan.prior.as_ref().and_then(|prior| prior.kept(config)),
    ) {
        (Ok(package), _) => package,
        (Err(Unusable::Missing(reason)), Some(deployed)) => {
            let summary = "The function's package is missing; the deployed code stays";
            plan.warn(Diagnostic::warning(summary, reason).at(Path::attribute("function_package")));
            deployed
        }
        (Err(unusable), _) => return Err(unusable_package(unusable).into()),
    };
    plan.planned.function_sha256 = package.sha256().to_owned().into();
    plan.planned.architecture = package.architecture().to_owned().into();
    Ok(())
}

fn plan_names(aws: &Aws, config: &Model, hub: &mut Model) {
    let names = known_names(aws, hub);
    let planned = |name: fn(&Names) -> String| {
        names
            .as_ref()
            .map_or(Value::Unknown, |names| name(names).into())
    };
    hub.id = planned(Names::id);
    hub.event_bus_arn = planned(Names::bus_arn);
    hub.function_arn = planned(Names::function_arn);
    hub.schema_database_name = planned(Names::schema_database);
    hub.dead_letter_queue_arn = planned(Names::queue_arn);
    if config.function_role_arn.is_null() {
        hub.function_role_arn = planned(Names::role_arn);
    }
    hub.notification_topic_arn = notifications::planned_arn(config, names.as_ref());
    monitoring::plan(hub, names.as_ref());
    if hub.dead_letter_queue_url.is_null() {
        hub.dead_letter_queue_url = Value::Unknown;
    }
}

fn known_names(aws: &Aws, hub: &Model) -> Option<Names> {
    Some(Names {
        account: aws.account.id.as_str()?.to_owned(),
        region: hub.region.as_str()?.to_owned(),
        bus: hub.event_bus_name.as_str()?.to_owned(),
        function: hub.function_name.as_str()?.to_owned(),
    })
}

fn choose(model: &Model) -> Result<Package, Unusable> {
    Package::choose(model.function_package.as_str(), model.architecture.as_str())
}

fn unusable_package(unusable: Unusable) -> Diagnostic {
    let (Unusable::Missing(reason) | Unusable::Wrong(reason)) = unusable;
    Diagnostic::error("The function's package cannot be used", reason)
        .at(Path::attribute("function_package"))
}

fn package_changed() -> Diagnostic {
    Diagnostic::error(
        "The function's package changed after the plan",
        "The zip is not the one that was planned. Nothing was changed; plan and apply again.",
    )
    .at(Path::attribute("function_package"))
}

fn boundary_of_no_role() -> Diagnostic {
    Diagnostic::error(
        "The permissions boundary would have no effect",
        "It is for the role made here, and function_role_arn brings another. Set the boundary on that role, and remove one of the two here.",
    )
    .at(Path::attribute("permissions_boundary_arn"))
}

fn import_instead(names: &Names) -> Diagnostic {
    let id = names.id();
    Diagnostic::error(
        format!(
            "The event bus {} exists already in {}",
            names.bus, names.region
        ),
        format!(
            "A hub is never taken over silently. To manage the existing one, run:\n\n    \
             terraform import logenabler_hub.<name> {id}\n\nOr choose another event_bus_name."
        ),
    )
}

#[cfg(test)]
mod tests;
