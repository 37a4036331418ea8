//! `logenabler_table_schema`: a user's changes to the tables of a log type, kept where the hub's function reads them.

mod plan;
mod read;
mod schema;

use std::collections::BTreeMap;

use logenabler_catalog::{Arn, LogType, SchemaColumn, TableColumn, TableSchema, log_type, shown};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tfplugin::{Call, Diagnostic, Diagnostics, Moved, Path, Plan, Resource, Schema, Value};

use crate::aws::{Aws, Bus, OWNER_TAG, Part, Tags, Template, arn, make, remove};
use crate::hub::schema_database;
use crate::model::{id_of, needed};
use crate::moved;
use crate::timeouts::{Operation, Timeouts, within};

/// The table schema.
pub(crate) struct SchemaOfTables;

/// A table schema's configuration and state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Model {
    pub(crate) id: Value<String>,
    pub(crate) region: Value<String>,
    pub(crate) event_bus_arn: Value<String>,
    pub(crate) log_type: Value<String>,
    pub(crate) database_name: Value<String>,
    pub(crate) table_name: Value<String>,
    pub(crate) projection_start: Value<String>,
    pub(crate) parameters: Value<BTreeMap<String, Value<String>>>,
    pub(crate) columns: Columns,
    pub(crate) ddl: Value<String>,
    pub(crate) serde: Value<String>,
    pub(crate) effective_columns: Columns,
    pub(crate) fingerprint: Value<String>,
    pub(crate) timeouts: Timeouts,
}

type Columns = Value<Vec<Value<Column>>>;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: Value<String>,
    #[serde(rename = "type")]
    pub(crate) ty: Value<String>,
    pub(crate) comment: Value<String>,
}

type SchemaCall = Call<Aws, Model>;

impl Resource<Aws> for SchemaOfTables {
    type Model = Model;
    const NAME: &str = "table_schema";

    fn schema() -> Schema {
        schema::schema()
    }

    fn validate(config: &Model) -> Diagnostics {
        plan::problems(config)
    }

    fn plan(aws: &Aws, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
        plan::refine(aws, &plan.config, &mut plan.planned)
    }

    async fn create(call: &SchemaCall, planned: Model) -> Result<Model, Diagnostics> {
        let aws = call.client();
        let template = planned.template()?;
        let _turn = aws.turn_in(&template.region).await;
        let work = async {
            if template.look(aws).await?.is_some() {
                return Err(import_instead(&planned, &template).into());
            }
            has_database(&template, aws).await?;
            call.save(&planned);
            Ok(make(&template, aws, None).await?)
        };
        within(&planned.timeouts, Operation::Create, work).await?;
        Ok(planned)
    }

    async fn read(call: &SchemaCall, prior: Model) -> Result<Option<Model>, Diagnostics> {
        read::read(call, prior).await
    }

    async fn update(call: &SchemaCall, _: Model, planned: Model) -> Result<Model, Diagnostics> {
        let aws = call.client();
        let template = planned.template()?;
        let work = async {
            let found = template.look(aws).await?;
            match &found {
                Some(found) if template.is_strangers(found) => {
                    return Err(strangers(&template).into());
                }
                Some(_) => {}
                None => has_database(&template, aws).await?,
            }
            Ok(make(&template, aws, found.as_ref()).await?)
        };
        within(&planned.timeouts, Operation::Update, work).await?;
        Ok(planned)
    }

    /// A hub that was removed before left its database to the schemas in it: the last one takes it along.
    async fn delete(call: &SchemaCall, prior: Model) -> Result<(), Diagnostics> {
        let aws = call.client();
        let template = prior.template()?;
        let work = async {
            match template.look(aws).await? {
                Some(found) if template.is_strangers(&found) => {}
                _ => template.remove(aws).await?,
            }
            if !Bus::exists(aws, &template.region, &template.bus).await? {
                let database = template.database();
                let found = database.look(aws).await?;
                remove(&database, aws, found.as_ref()).await?;
            }
            Ok(())
        };
        within(&prior.timeouts, Operation::Delete, work).await
    }

    async fn import(call: &SchemaCall, id: &str) -> Result<Model, Diagnostics> {
        let ids: Vec<&str> = id.split('/').collect();
        let known = |name: &str| log_type(name).is_some();
        let &[region, bus, name] = ids.as_slice() else {
            return Err(wrong_id(id).into());
        };
        if crate::validate::region(region).is_err() || bus.is_empty() || !known(name) {
            return Err(wrong_id(id).into());
        }
        let account = needed(&call.client().account.id, "account")?;
        Ok(Model {
            id: id.to_owned().into(),
            region: region.into(),
            event_bus_arn: arn("events", region, &account, &format!("event-bus/{bus}")).into(),
            log_type: name.into(),
            ..Model::default()
        })
    }

    fn id_of(identity: &Model) -> Result<String, Diagnostics> {
        let bus = identity.bus().map(|bus| {
            let name = bus.resource.trim_start_matches("event-bus/");
            format!("{}/{name}", bus.region)
        });
        id_of(&[&bus.into(), &identity.log_type])
    }

    fn adopt(source: Moved) -> Result<Json, Diagnostics> {
        moved::refuse(
            &source,
            "logenabler_table_schema",
            "<region>/<event bus name>/<log type>",
        )
    }
}

impl Model {
    fn bus(&self) -> Option<Arn> {
        self.event_bus_arn.as_str()?.parse().ok()
    }

    fn known_log_type(&self) -> Option<&'static LogType> {
        log_type(self.log_type.as_str()?)
    }

    /// What AWS should hold of it.
    fn template(&self) -> Result<Template, Diagnostics> {
        let id = needed(&self.id, "id")?;
        let bus = needed(&self.event_bus_arn, "event_bus_arn")?;
        let bus = bus.rsplit('/').next().unwrap_or_default();
        let text = |value: &Value<String>| value.as_str().unwrap_or_default().to_owned();
        Ok(Template {
            region: needed(&self.region, "region")?,
            bus: bus.to_owned(),
            database: schema_database(bus),
            log_type: needed(&self.log_type, "log_type")?,
            schema: Ok(self.changes()),
            is_schema: true,
            serde: text(&self.serde),
            columns: table_columns(&self.effective_columns),
            fingerprint: text(&self.fingerprint),
            tags: Tags::from([(OWNER_TAG.to_owned(), format!("table_schema/{id}"))]),
        })
    }

    /// The changes, as far as they are known.
    fn changes(&self) -> TableSchema {
        let text = |value: &Value<String>| value.as_str().map(str::to_owned);
        let parameters = self.parameters.known().into_iter().flatten();
        TableSchema {
            database_name: text(&self.database_name),
            table_name: text(&self.table_name),
            projection_start: text(&self.projection_start),
            parameters: parameters
                .filter_map(|(key, value)| Some((key.clone(), text(value)?)))
                .collect(),
            columns: columns(&self.columns),
        }
    }
}

/// Columns that are known as a whole.
fn columns(columns: &Columns) -> Vec<SchemaColumn> {
    let text = |value: &Value<String>| value.as_str().map(str::to_owned);
    let column = |column: &Column| {
        Some(SchemaColumn {
            name: text(&column.name)?,
            ty: text(&column.ty)?,
            comment: text(&column.comment),
        })
    };
    let known = columns.known().into_iter().flatten();
    known.filter_map(|value| column(value.known()?)).collect()
}

fn table_columns(columns: &Columns) -> Vec<TableColumn> {
    let column = |column: SchemaColumn| TableColumn {
        name: column.name,
        ty: column.ty,
        comment: column.comment.unwrap_or_default(),
    };
    self::columns(columns).into_iter().map(column).collect()
}

/// Columns as values, for state and plan.
pub(crate) fn shown_columns(columns: impl IntoIterator<Item = TableColumn>) -> Columns {
    let shown = |column: TableColumn| {
        Value::Known(Column {
            name: column.name.into(),
            ty: column.ty.into(),
            comment: column.comment.into(),
        })
    };
    Value::Known(columns.into_iter().map(shown).collect())
}

async fn has_database(template: &Template, aws: &Aws) -> Result<(), Diagnostics> {
    let Template {
        database, region, ..
    } = template;
    if template.database().look(aws).await?.is_some() {
        return Ok(());
    }
    let missing = Diagnostic::error(
        format!("There is no Glue database {database} in {region}"),
        "It belongs to the hub of that event bus. Apply the logenabler_hub first; it makes the database, also where it was lost.",
    );
    Err(missing.at(Path::attribute("event_bus_arn")).into())
}

fn strangers(template: &Template) -> Diagnostic {
    Diagnostic::error(
        format!(
            "There is another table in the place of the {}",
            template.label()
        ),
        "Somebody else made it, so it is left as it is. Remove or rename that table, then apply again.",
    )
}

fn import_instead(planned: &Model, template: &Template) -> Diagnostic {
    let id = planned.id.as_str().unwrap_or_default();
    Diagnostic::error(
        format!("The {} exists already", template.label()),
        format!(
            "A table schema is never taken over silently. To manage the existing one, run:\n\n    \
             terraform import logenabler_table_schema.<name> {id}"
        ),
    )
}

fn wrong_id(id: &str) -> Diagnostic {
    Diagnostic::error(
        "The import id does not name a table schema",
        format!(
            "Give it as <region>/<event bus name>/<log type>, such as eu-west-1/log-enablement-bus/alb_access; this was {}.",
            shown(id)
        ),
    )
}

#[cfg(test)]
mod tests;
