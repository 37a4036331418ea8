//! A table schema's plan: everything that follows from it is known before anything is made.

use logenabler_catalog::{Arn, LogType, Setting};
use tfplugin::{Diagnostic, Diagnostics, Path, Value};

use super::{Column, Columns, Model, shown_columns};
use crate::aws::Aws;
use crate::hub::schema_database;
use crate::model::unless_null;

/// What the log type cannot be made to be, as far as everything about it is known.
pub(super) fn problems(config: &Model) -> Diagnostics {
    let lacking = lacking(&config.columns);
    let Some(log_type) = config.known_log_type().filter(|_| lacking.is_empty()) else {
        return lacking;
    };
    let mut changes = config.changes();
    if !columns_known(&config.columns) {
        changes.columns.clear();
    }
    let said = |reason: String, path| {
        let summary = format!("The tables of {} cannot be changed so", log_type.name);
        Diagnostic::error(summary, reason).at(path)
    };
    let problems = changes.problems(log_type).into_iter();
    let mut problems: Diagnostics = problems
        .map(|problem| said(problem.reason, path(problem.setting)))
        .collect();
    problems
        .extend(among_schemas(config).map(|reason| said(reason, Path::attribute("database_name"))));
    problems
}

/// What Terraform lets through, though the schema asks for it: a null in the place of a column, a name or a type.
fn lacking(columns: &Columns) -> Diagnostics {
    let at = |index| Path::attribute("columns").index(index);
    let error = |path: Path| {
        Diagnostic::error(
            "A column is not whole",
            "Give each column a name and a type, or leave it out.",
        )
        .at(path)
    };
    let columns = columns.known().into_iter().flatten().enumerate();
    let null = columns.filter_map(|(index, column)| match column {
        Value::Null => Some(at(index)),
        Value::Known(column) if column.name.is_null() => Some(at(index).field("name")),
        Value::Known(column) if column.ty.is_null() => Some(at(index).field("type")),
        _ => None,
    });
    null.map(error).collect()
}

/// The hub's own database is no place for tables: the next table schema would find one in its place.
fn among_schemas(config: &Model) -> Option<String> {
    let bus = config.bus()?;
    let own = schema_database(bus.resource.trim_start_matches("event-bus/"));
    let same = config.database_name.as_str() == Some(own.as_str());
    same.then(|| format!("{own} holds the hub's table schemas. Choose another database."))
}

fn path(setting: Setting) -> Path {
    match setting {
        Setting::DatabaseName => Path::attribute("database_name"),
        Setting::TableName => Path::attribute("table_name"),
        Setting::ProjectionStart => Path::attribute("projection_start"),
        Setting::Parameters => Path::attribute("parameters"),
        Setting::Columns => Path::attribute("columns"),
        Setting::Parameter(key) => Path::attribute("parameters").key(key),
        Setting::Column(index, member) => Path::attribute("columns").index(index).field(member),
    }
}

/// Fills in what follows from configuration.
pub(super) fn refine(aws: &Aws, config: &Model, planned: &mut Model) -> Result<(), Diagnostics> {
    let wrong = problems(config);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    place(aws, config, planned)?;
    let log_type = planned.known_log_type();
    planned.database_name = default(&config.database_name, log_type, |log_type| {
        Some(log_type.database.to_owned())
    });
    planned.table_name = default(&config.table_name, log_type, |log_type| {
        Some(log_type.table_name_template())
    });
    planned.projection_start = default(&config.projection_start, log_type, |log_type| {
        log_type
            .layout
            .projection
            .as_ref()
            .map(|dated| dated.since.to_owned())
    });
    show_outcome(planned);
    Ok(())
}

/// What is configured, else what the log type says, once it is known which.
fn default(
    config: &Value<String>,
    log_type: Option<&LogType>,
    of: fn(&LogType) -> Option<String>,
) -> Value<String> {
    match (config, log_type) {
        (Value::Null, Some(log_type)) => of(log_type).into(),
        _ => unless_null(config),
    }
}

/// Region and id, which the bus says, and whether they can be.
fn place(aws: &Aws, config: &Model, planned: &mut Model) -> Result<(), Diagnostics> {
    let Some(bus) = config.bus() else {
        planned.region = unless_null(&config.region);
        planned.id = Value::Unknown;
        return Ok(());
    };
    if config
        .region
        .as_str()
        .is_some_and(|region| region != bus.region)
    {
        return Err(elsewhere(&bus).into());
    }
    if aws
        .account
        .id
        .as_str()
        .is_some_and(|account| account != bus.account)
    {
        return Err(of_another_account(&bus).into());
    }
    let name = bus.resource.trim_start_matches("event-bus/");
    planned.id = match config.log_type.as_str() {
        Some(log_type) => format!("{}/{name}/{log_type}", bus.region).into(),
        None => Value::Unknown,
    };
    planned.region = if config.region.is_unknown() {
        Value::Unknown
    } else {
        bus.region.into()
    };
    Ok(())
}

fn show_outcome(planned: &mut Model) {
    let outcome = planned
        .known_log_type()
        .filter(|_| is_known(planned))
        .map(|log_type| log_type.templates(&planned.changes()));
    match outcome {
        Some(tables) => {
            planned.ddl = tables.ddl().into();
            planned.serde = tables.files.serde_library.clone().into();
            planned.fingerprint = tables.fingerprint().into();
            planned.effective_columns = shown_columns(tables.files.columns);
        }
        None => {
            planned.ddl = Value::Unknown;
            planned.serde = Value::Unknown;
            planned.fingerprint = Value::Unknown;
            planned.effective_columns = Value::Unknown;
        }
    }
}

fn is_known(model: &Model) -> bool {
    let names = [
        &model.database_name,
        &model.table_name,
        &model.projection_start,
    ];
    let values = model
        .parameters
        .known()
        .into_iter()
        .flatten()
        .map(|(_, value)| value);
    !model.parameters.is_unknown()
        && names
            .into_iter()
            .chain(values)
            .all(|value| !value.is_unknown())
        && columns_known(&model.columns)
}

fn columns_known(columns: &Columns) -> bool {
    let known = |value: &Value<Column>| {
        let members = value
            .known()
            .map(|column| [&column.name, &column.ty, &column.comment]);
        !value.is_unknown() && !members.into_iter().flatten().any(Value::is_unknown)
    };
    !columns.is_unknown() && columns.known().into_iter().flatten().all(known)
}

fn elsewhere(bus: &Arn) -> Diagnostic {
    Diagnostic::error(
        "A table schema is kept in its hub's region",
        format!("The event bus is in {}. Leave region out.", bus.region),
    )
    .at(Path::attribute("region"))
}

fn of_another_account(bus: &Arn) -> Diagnostic {
    Diagnostic::error(
        "A table schema is kept in its hub's account",
        format!(
            "The event bus is in account {}, and these credentials are of another. Use the provider configuration that the hub is made with.",
            bus.account
        ),
    )
    .at(Path::attribute("event_bus_arn"))
}
