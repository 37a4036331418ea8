//! What AWS holds of a table schema, as state: each setting shows by itself in the next plan.

use std::collections::BTreeMap;

use logenabler_catalog::{SchemaColumn, TableSchema};
use tfplugin::{Diagnostic, Diagnostics, Value};

use super::{Column, Columns, Model, SchemaCall, columns, shown_columns, table_columns};
use crate::aws::{Part, Template};

/// The table schema as it is now; `None` when its table is gone.
pub(super) async fn read(call: &SchemaCall, prior: Model) -> Result<Option<Model>, Diagnostics> {
    let wanted = prior.template()?;
    let Some(found) = wanted.look(call.client()).await? else {
        return Ok(None);
    };
    let usable = unusable(&prior, &found).map(|reason| stops(&wanted, &reason));
    let marked = (found.tags != wanted.tags).then(|| unmarked(&wanted, &found));
    let mut model = visible(prior, &found);
    for warning in usable.into_iter().chain(marked) {
        call.warn(warning);
        model.fingerprint = Value::Null;
    }
    Ok(Some(model))
}

fn visible(prior: Model, found: &Template) -> Model {
    let held = found.schema.clone().unwrap_or_default();
    let mut model = Model {
        parameters: parameters(&prior, &held),
        columns: changed_columns(&prior, &held),
        database_name: held.database_name.into(),
        table_name: held.table_name.into(),
        projection_start: held.projection_start.into(),
        serde: found.serde.clone().into(),
        fingerprint: found.fingerprint.clone().into(),
        ..prior
    };
    if table_columns(&model.effective_columns) != found.columns {
        model.effective_columns = shown_columns(found.columns.clone());
    }
    // The statement is nowhere but here: after an import it is what the rest says.
    if let (Value::Null, Some(log_type)) = (&model.ddl, model.known_log_type()) {
        model.ddl = log_type.templates(&model.changes()).ddl().into();
    }
    model
}

/// None and an empty map are the same to Glue: then it is as it was.
fn parameters(prior: &Model, held: &TableSchema) -> Value<BTreeMap<String, Value<String>>> {
    if prior.changes().parameters == held.parameters {
        return prior.parameters.clone();
    }
    let shown = held
        .parameters
        .iter()
        .map(|(key, value)| (key.clone(), value.clone().into()));
    some(shown.collect(), held.parameters.is_empty())
}

fn changed_columns(prior: &Model, held: &TableSchema) -> Columns {
    if columns(&prior.columns) == held.columns {
        return prior.columns.clone();
    }
    let shown = |column: &SchemaColumn| {
        Value::Known(Column {
            name: column.name.clone().into(),
            ty: column.ty.clone().into(),
            comment: column.comment.clone().into(),
        })
    };
    some(
        held.columns.iter().map(shown).collect(),
        held.columns.is_empty(),
    )
}

fn some<T>(value: T, is_empty: bool) -> Value<T> {
    if is_empty {
        Value::Null
    } else {
        Value::Known(value)
    }
}

/// Why the function cannot use what AWS holds.
fn unusable(prior: &Model, found: &Template) -> Option<String> {
    match &found.schema {
        Err(reason) => Some(format!("It cannot be read: {reason}.")),
        Ok(schema) => {
            let problem = schema
                .problems(prior.known_log_type()?)
                .into_iter()
                .next()?;
            Some(problem.reason)
        }
    }
}

fn stops(template: &Template, reason: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The {} was changed outside Terraform", template.label()),
        format!(
            "{reason} The function makes no table of this log type until the next apply puts that right."
        ),
    )
}

fn unmarked(template: &Template, found: &Template) -> Diagnostic {
    let next = match template.is_strangers(found) {
        true => {
            "Somebody else made it: the next apply will refuse to change it. Remove or rename that table."
        }
        false => "It has lost the mark that it is ours. The next apply puts that right.",
    };
    Diagnostic::warning(
        format!("The {} is not as it was made", template.label()),
        next,
    )
}
