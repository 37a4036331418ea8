//! `moved` blocks between types: no state of another type says what a resource of ours needs to know, but AWS does.

use serde_json::Value as Json;
use tfplugin::{Diagnostic, Diagnostics, Moved};

/// What to do instead, for this resource, whose ids look so.
pub(crate) fn refuse(from: &Moved, to: &str, id: &str) -> Result<Json, Diagnostics> {
    let from = &from.type_name;
    let next = format!(
        "Remove the moved block. To have managed here what exists, forget it with a removed block (from = {from}.<name>, \
         lifecycle {{ destroy = false }}), apply, and run:\n\n    terraform import {to}.<name> {id}"
    );
    let summary = format!("State of {from} cannot become state of {to}");
    Err(Diagnostic::error(summary, next).into())
}
