//! Whether the function saves queries with each table, and where it then may.

use tfplugin::{Attribute, Value};

use super::{Model, names::Names};

pub(super) fn attribute() -> Attribute {
    Attribute::bool(
        "enable_saved_queries",
        "Whether the function saves queries in Athena with each table, such as its top clients and its errors by hour, and removes them when the \
         table is gone. They are in the workgroup with the event bus's name, where the table's region has one: a forwarder's \
         `create_workgroup` makes it.",
    )
    .default(false)
}

pub(super) fn are_on(model: &Model) -> bool {
    model.enable_saved_queries == Value::Known(true)
}

/// The workgroups that it saves queries in, in any region.
pub(super) fn workgroup_arn(names: &Names, model: &Model) -> Option<String> {
    are_on(model).then(|| names.workgroup_arn())
}
