//! Whether the function looks into files: off, unless somebody wants to know of the day AWS writes something new.

use std::collections::BTreeMap;

use tfplugin::Attribute;

use super::Model;

const DRIFT_WATCH: &str = "LOGENABLER_DRIFT_WATCH";
const YES: &str = "true";

pub(super) fn attribute() -> Attribute {
    Attribute::bool(
        "drift_watch",
        "Whether sweeps look into the newest file of each table of this account, its first 64 KB, and say as metrics, in the log and \
         in the table's parameters when it has a field that the table does not know, or a record that it cannot read. Lets the \
         function read every object in S3 that its bucket lets it read.",
    )
    .default(false)
}

pub(super) fn is_on(model: &Model) -> bool {
    model.drift_watch.known() == Some(&true)
}

/// What the function is told of it.
pub(super) fn variable(model: &Model) -> (&'static str, Option<String>) {
    (DRIFT_WATCH, is_on(model).then(|| YES.to_owned()))
}

pub(super) fn show(model: &mut Model, held: &BTreeMap<String, String>) {
    let is_on = held.get(DRIFT_WATCH).map(String::as_str) == Some(YES);
    model.drift_watch = is_on.into();
}
