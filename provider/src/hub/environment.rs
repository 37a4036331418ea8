//! The function's environment: what it is told of the hub, and what that says of the hub's attributes.

use std::collections::BTreeMap;

use tfplugin::{Diagnostic, Value};

use super::{Model, drift_watch, filter, names::Names, notifications, readers, saved_queries};

type Environment = BTreeMap<String, String>;

const SCHEMA_DATABASE: &str = "LOGENABLER_SCHEMA_DATABASE";
const EVENT_BUS_ARN: &str = "LOGENABLER_EVENT_BUS_ARN";
const LOG_LEVEL: &str = "LOGENABLER_LOG_LEVEL";
const EXTERNAL_ID: &str = "LOGENABLER_EXTERNAL_ID";
const DRY_RUN: &str = "LOGENABLER_DRY_RUN";
const SAVED_QUERIES: &str = "LOGENABLER_SAVED_QUERIES";
const FILTER: &str = "LOGENABLER_FILTER";
const READERS: &str = "LOGENABLER_READERS";
pub(super) const TOPIC_ARN: &str = "LOGENABLER_TOPIC_ARN";
const YES: &str = "true";
/// Lambda's limit, for all of them as one JSON.
const MOST_BYTES: usize = 4_096;

pub(super) fn wanted(names: &Names, model: &Model) -> Environment {
    let text = |value: &Value<String>| value.as_str().map(str::to_owned);
    let is_dry_run = model.dry_run.known() == Some(&true);
    let said = [
        (SCHEMA_DATABASE, Some(names.schema_database())),
        (EVENT_BUS_ARN, Some(names.bus_arn())),
        (LOG_LEVEL, text(&model.log_level)),
        (EXTERNAL_ID, text(&model.external_id)),
        (DRY_RUN, is_dry_run.then(|| YES.to_owned())),
        (
            SAVED_QUERIES,
            saved_queries::are_on(model).then(|| YES.to_owned()),
        ),
        (FILTER, filter::of(model).text()),
        (READERS, readers::text(model)),
        (TOPIC_ARN, notifications::topic_arn(names, model)),
        drift_watch::variable(model),
    ];
    let said = said.into_iter();
    said.filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

pub(super) fn show(model: &mut Model, held: &Environment) {
    model.log_level = held.get(LOG_LEVEL).cloned().into();
    model.external_id = held.get(EXTERNAL_ID).cloned().into();
    model.dry_run = (held.get(DRY_RUN).map(String::as_str) == Some(YES)).into();
    model.enable_saved_queries = (held.get(SAVED_QUERIES).map(String::as_str) == Some(YES)).into();
    filter::show(model, held.get(FILTER));
    readers::show(model, held.get(READERS));
    drift_watch::show(model, held);
}

/// Lambda would refuse it in the middle of an apply.
pub(super) fn too_long(names: &Names, model: &Model) -> Option<Diagnostic> {
    let length = serde_json::to_string(&wanted(names, model)).ok()?.len();
    let detail = format!(
        "Lambda takes {MOST_BYTES} bytes of settings for a function, and these come to {length}. Have fewer or shorter \
         include_names, exclude_names, include_tags and exclude_tags, in which a * stands for anything, or fewer \
         lake_formation_readers."
    );
    let summary = "The hub's settings are too long";
    (length > MOST_BYTES).then(|| Diagnostic::error(summary, detail))
}
