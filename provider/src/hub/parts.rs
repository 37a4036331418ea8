//! The parts of a hub, what AWS holds of them, and the order in which they come and go.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use tfplugin::{Diagnostic, Diagnostics, Value};

use super::{
    Model, drift_watch, environment, filter,
    monitoring::{Monitoring, Watched},
    names::{Names, RULE},
    notifications, readers, saved_queries,
};
use crate::aws::{
    Aws, Boundary, Bus, Failure, Function, LogGroup, OWNER_TAG, Part, Queue, Role, Rule,
    SchemaDatabase, Settings, Tags, Target, Topic, is_ours, make, refuse, remove,
};
use crate::documents::{self, FunctionRights};
use crate::package::Package;
use crate::sweep;

/// On the bus, for an import that finds the function gone, and for forwarders that start a sweep.
pub(crate) const FUNCTION_TAG: &str = "logenabler:function-name";
/// The schedule that is none.
pub(super) const NEVER: &str = "never";

/// Everything a hub is made of, as it should be.
pub(super) struct Parts {
    pub(super) bus: Bus,
    pub(super) schemas: SchemaDatabase,
    pub(super) log_group: LogGroup,
    pub(super) queue: Queue,
    /// The role with our name for it; used unless somebody brings their own.
    pub(super) role: Role,
    pub(super) own_role: bool,
    pub(super) function: Function,
    pub(super) rule: Rule,
    pub(super) sweep: Rule,
    pub(super) has_sweep: bool,
    pub(super) topic: Topic,
    pub(super) has_topic: bool,
    pub(super) monitoring: Monitoring,
}

/// What AWS holds of a hub.
#[derive(Default)]
pub(super) struct Found {
    pub(super) bus: Option<Bus>,
    pub(super) schemas: Option<SchemaDatabase>,
    pub(super) log_group: Option<LogGroup>,
    pub(super) queue: Option<Queue>,
    pub(super) role: Option<Role>,
    pub(super) function: Option<Function>,
    pub(super) rule: Option<Rule>,
    pub(super) sweep: Option<Rule>,
    pub(super) topic: Option<Topic>,
    pub(super) watched: Watched,
}

impl Parts {
    pub(super) fn of(names: &Names, model: &Model, package: Package) -> Self {
        let own_tags = Tags::from([(OWNER_TAG.to_owned(), format!("hub/{}", names.id()))]);
        let mut tags = model.all_tags();
        tags.extend(own_tags.clone());
        Self {
            bus: bus(names, model, &tags),
            schemas: SchemaDatabase {
                region: names.region.clone(),
                name: names.schema_database(),
                tags: own_tags,
            },
            log_group: log_group(names, model, &tags),
            queue: queue(names, &tags),
            role: role(names, model, &tags),
            own_role: model.role_arn(names) == names.role_arn(),
            function: function(names, model, package, &tags),
            rule: rule(names, &tags),
            sweep: sweep(names, model, &tags),
            has_sweep: model.sweep_schedule.as_str() != Some(NEVER),
            topic: notifications::topic(names, model, &tags),
            has_topic: notifications::topic_arn(names, model) == Some(names.topic_arn()),
            monitoring: Monitoring::of(names, model, &tags),
        }
    }

    pub(super) async fn look(&self, aws: &Aws) -> Result<Found, Failure> {
        Ok(Found {
            bus: self.bus.look(aws).await?,
            schemas: self.schemas.look(aws).await?,
            log_group: self.log_group.look(aws).await?,
            queue: self.queue.look(aws).await?,
            role: self.role.look(aws).await?,
            function: self.function.look(aws).await?,
            rule: self.rule.look(aws).await?,
            sweep: self.sweep.look(aws).await?,
            topic: self.topic.look(aws).await?,
            watched: self.monitoring.look(aws).await?,
        })
    }

    /// Refuses to take over anything that is there already and not a part of this very hub.
    pub(super) fn refuse_strangers(&self, found: &Found) -> Result<(), Diagnostics> {
        const OTHER_NAME: &str = "Choose another function_name, or remove it.";
        const OTHER_BUS: &str = "Choose another event_bus_name, or remove it.";
        let mut refused = Diagnostics::default();
        refused.extend(refuse(
            &self.log_group,
            found.log_group.as_ref(),
            OTHER_NAME,
        ));
        refused.extend(refuse(&self.queue, found.queue.as_ref(), OTHER_NAME));
        refused.extend(refuse(&self.function, found.function.as_ref(), OTHER_NAME));
        refused.extend(refuse(&self.schemas, found.schemas.as_ref(), OTHER_BUS));
        if self.own_role {
            refused.extend(refuse(&self.role, found.role.as_ref(), OTHER_NAME));
        }
        if self.has_sweep {
            refused.extend(refuse(&self.sweep, found.sweep.as_ref(), OTHER_NAME));
        }
        if self.has_topic {
            refused.extend(refuse(&self.topic, found.topic.as_ref(), OTHER_NAME));
        }
        refused.extend(self.monitoring.refuse_strangers(&found.watched));
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }

    /// Makes AWS hold exactly these parts. The bus comes first, since the hub's id names it; the rules last, since they start the flow.
    pub(super) async fn make(&self, aws: &Aws, found: &Found) -> Result<(), Failure> {
        make(&self.bus, aws, found.bus.as_ref()).await?;
        make(&self.schemas, aws, found.schemas.as_ref()).await?;
        make(&self.log_group, aws, found.log_group.as_ref()).await?;
        make(&self.queue, aws, found.queue.as_ref()).await?;
        if self.own_role {
            make(&self.role, aws, found.role.as_ref()).await?;
        }
        if self.has_topic {
            make(&self.topic, aws, found.topic.as_ref()).await?;
        }
        make(&self.function, aws, found.function.as_ref()).await?;
        if !self.has_topic {
            remove(&self.topic, aws, found.topic.as_ref()).await?;
        }
        make(&self.rule, aws, found.rule.as_ref()).await?;
        if self.has_sweep {
            make(&self.sweep, aws, found.sweep.as_ref()).await?;
        } else {
            remove(&self.sweep, aws, found.sweep.as_ref()).await?;
        }
        if !self.own_role {
            // After a change to a role of the user's own, ours is left over.
            remove(&self.role, aws, found.role.as_ref()).await?;
        }
        self.monitoring.make(aws, &found.watched).await
    }

    /// Removes everything that is ours; the bus last, so that what could not be removed is still found by the hub's id.
    pub(super) async fn remove(&self, aws: &Aws, found: &Found) -> Result<(), Diagnostics> {
        let ours = found.rule.as_ref().filter(|rule| is_ours(&self.rule, rule));
        let ours = ours.map(|rule| rule.name.as_str());
        let strangers = self.bus.foreign_rules(aws, ours).await?;
        if !strangers.is_empty() {
            return Err(bus_in_use(&self.bus.name, &strangers).into());
        }
        let strangers = self.schemas.contents(aws).await?.strangers;
        if !strangers.is_empty() {
            return Err(database_in_use(&self.schemas.name, &strangers).into());
        }
        self.monitoring.remove(aws, &found.watched).await?;
        remove(&self.sweep, aws, found.sweep.as_ref()).await?;
        remove(&self.rule, aws, found.rule.as_ref()).await?;
        remove(&self.function, aws, found.function.as_ref()).await?;
        remove(&self.role, aws, found.role.as_ref()).await?;
        remove(&self.log_group, aws, found.log_group.as_ref()).await?;
        remove(&self.queue, aws, found.queue.as_ref()).await?;
        remove(&self.topic, aws, found.topic.as_ref()).await?;
        remove(&self.schemas, aws, found.schemas.as_ref()).await?;
        Ok(self.bus.remove(aws).await?)
    }
}

fn bus_in_use(bus: &str, rules: &[String]) -> Diagnostic {
    let rules = rules.join(", ");
    Diagnostic::error(
        format!("The event bus {bus} still has rules that this hub did not make"),
        format!(
            "They are: {rules}. Nothing was removed yet. Remove these rules, then destroy again."
        ),
    )
}

fn database_in_use(database: &str, tables: &[String]) -> Diagnostic {
    let tables = tables.join(", ");
    Diagnostic::error(
        format!("The Glue database {database} holds tables that are no table schemas"),
        format!(
            "They are: {tables}. Nothing was removed yet. Move or remove these tables, then destroy again."
        ),
    )
}

fn bus(names: &Names, model: &Model, tags: &Tags) -> Bus {
    let mut accounts: BTreeSet<_> = model.accounts();
    accounts.insert(names.account.clone());
    let organization = model.organization_id.as_str();
    let mut tags = tags.clone();
    tags.insert(FUNCTION_TAG.to_owned(), names.function.clone());
    Bus {
        region: names.region.clone(),
        name: names.bus.clone(),
        arn: names.bus_arn(),
        policy: Some(documents::bus(
            &names.bus_arn(),
            names.partition(),
            &accounts,
            organization,
        )),
        tags,
    }
}

fn log_group(names: &Names, model: &Model, tags: &Tags) -> LogGroup {
    LogGroup {
        region: names.region.clone(),
        account: names.account.clone(),
        name: names.log_group(),
        retention_days: model.log_retention_days.known().copied(),
        tags: tags.clone(),
    }
}

fn queue(names: &Names, tags: &Tags) -> Queue {
    let rules = [names.rule_arn(), names.sweep_arn()];
    let policy = documents::queue(&names.queue_arn(), &rules, &names.account);
    Queue::new(&names.region, names.queue(), policy, tags)
}

fn role(names: &Names, model: &Model, tags: &Tags) -> Role {
    let log_group = log_group(names, model, tags);
    let members = members(names, model);
    let topic_arn = notifications::topic_arn(names, model);
    let workgroup_arn = saved_queries::workgroup_arn(names, model);
    let rights = FunctionRights {
        partition: names.partition(),
        region: &names.region,
        account: &names.account,
        members: &members,
        organization: model.organization_id.as_str(),
        filters_by_tag: filter::of(model).has_tags(),
        function_arn: &names.function_arn(),
        topic_arn: topic_arn.as_deref(),
        lets_in_readers: readers::are_seen_to(model),
        workgroup_arn: workgroup_arn.as_deref(),
        reads_samples: drift_watch::is_on(model),
        log_group_arn: &log_group.arn(),
        queue_arn: &names.queue_arn(),
    };
    Role {
        region: names.region.clone(),
        name: names.role(),
        trust: documents::trust(
            "lambda.amazonaws.com",
            &[names.function_arn()],
            &names.account,
        ),
        policy: Some(rights.document()),
        boundary: Boundary::Ours(model.permissions_boundary_arn.as_str().map(str::to_owned)),
        added: Vec::new(),
        tags: tags.clone(),
    }
}

fn function(names: &Names, model: &Model, package: Package, tags: &Tags) -> Function {
    let number = |value: &Value<i64>| value.known().copied().unwrap_or_default();
    Function {
        region: names.region.clone(),
        account: names.account.clone(),
        name: names.function.clone(),
        package,
        settings: Settings::new(
            model.role_arn(names),
            number(&model.memory_size),
            number(&model.timeout),
            environment::wanted(names, model),
        ),
        reserved_concurrency: model.reserved_concurrency.known().copied(),
        // Whether there are sweeps or not: so a schedule that comes or goes changes nothing else.
        invoked_by: BTreeMap::from([
            ("logenabler-rule".to_owned(), names.rule_arn()),
            ("logenabler-sweep".to_owned(), names.sweep_arn()),
        ]),
        on_failure: Some(names.queue_arn()),
        tags: tags.clone(),
    }
}

fn rule(names: &Names, tags: &Tags) -> Rule {
    Rule {
        region: names.region.clone(),
        bus: Some(names.bus.clone()),
        name: RULE.to_owned(),
        arn: names.rule_arn(),
        pattern: json!({ "source": [{ "prefix": "aws." }] }),
        schedule: None,
        enabled: true,
        // A function's own policy lets the rule in: no role.
        targets: vec![Target::new(names.function_arn(), None, names.queue_arn())],
        tags: tags.clone(),
    }
}

/// The rule that starts a sweep, on the default bus.
fn sweep(names: &Names, model: &Model, tags: &Tags) -> Rule {
    let payload = sweep::of_hub(&members(names, model), model.organization_id.as_str());
    let target = Target::new(names.function_arn(), None, names.queue_arn());
    Rule {
        region: names.region.clone(),
        bus: None,
        name: names.sweep(),
        arn: names.sweep_arn(),
        pattern: Json::Null,
        schedule: model.sweep_schedule.as_str().map(str::to_owned),
        enabled: true,
        targets: vec![target.given(payload)],
        tags: tags.clone(),
    }
}

/// Other accounts whose forwarders may send.
fn members(names: &Names, model: &Model) -> BTreeSet<String> {
    let mut members = model.accounts();
    members.remove(&names.account);
    members
}
