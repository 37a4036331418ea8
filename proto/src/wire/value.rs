//! Values, paths and diagnostics.

use super::tfplugin6 as pb;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::dynamic::{Dynamic, json, msgpack};
use crate::path::{Path, Step};
use crate::schema::{Missing, Object};

/// The value in a message, in the form of its schema.
pub(super) fn decode(
    object: &Object,
    value: Option<&pb::DynamicValue>,
) -> Result<Dynamic, Diagnostic> {
    object.conform(decode_untyped(value)?, Missing::Refused)
}

pub(super) fn decode_untyped(value: Option<&pb::DynamicValue>) -> Result<Dynamic, Diagnostic> {
    let Some(value) = value else {
        return Ok(Dynamic::Null);
    };
    let decoded = if !value.msgpack.is_empty() {
        msgpack::decode(&value.msgpack).map_err(|error| error.to_string())
    } else if !value.json.is_empty() {
        json::decode(&value.json)
    } else {
        Ok(Dynamic::Null)
    };
    decoded.map_err(|reason| {
        Diagnostic::error(
            "Terraform sent a value that cannot be read",
            format!("Reason: {reason}."),
        )
    })
}

pub(super) fn encode(value: &Dynamic) -> pb::DynamicValue {
    pb::DynamicValue {
        msgpack: msgpack::encode(value),
        json: Vec::new(),
    }
}

pub(super) fn diagnostics(diagnostics: Diagnostics) -> Vec<pb::Diagnostic> {
    diagnostics.into_iter().map(diagnostic).collect()
}

fn diagnostic(diagnostic: Diagnostic) -> pb::Diagnostic {
    let severity = match diagnostic.severity {
        Severity::Error => pb::diagnostic::Severity::Error,
        Severity::Warning => pb::diagnostic::Severity::Warning,
    };
    pb::Diagnostic {
        severity: severity.into(),
        summary: diagnostic.summary,
        detail: diagnostic.detail,
        attribute: diagnostic.path.as_ref().map(path),
    }
}

pub(super) fn path(path: &Path) -> pb::AttributePath {
    let step = |step: &Step| pb::attribute_path::Step {
        selector: Some(selector(step)),
    };
    pb::AttributePath {
        steps: path.steps().iter().map(step).collect(),
    }
}

fn selector(step: &Step) -> pb::attribute_path::step::Selector {
    use pb::attribute_path::step::Selector;
    match step {
        Step::Attribute(name) => Selector::AttributeName(name.clone()),
        Step::Key(key) => Selector::ElementKeyString(key.clone()),
        Step::Index(index) => Selector::ElementKeyInt(i64::try_from(*index).unwrap_or(i64::MAX)),
    }
}
