//! Who may query the tables where Lake Formation is in force, as the function is told of it.

use std::collections::BTreeSet;

use logenabler_catalog::Arn;
use tfplugin::{Attribute, Diagnostic, Path, Type, Value};

use super::{Model, names::Names};
use crate::validate;

type Readers = BTreeSet<String>;

pub(super) fn attribute() -> Attribute {
    Attribute::set(
        ATTRIBUTE,
        Type::String,
        "Who is let in to query the tables of this account, where Lake Formation is in force: ARNs of its roles, users and the like. The \
         function grants each `SELECT` and `DESCRIBE` on every table at its next event or sweep, and takes \
         back what it granted from who is named no more; with `[]` from everybody. Default: it grants nothing and takes nothing back. \
         Where a bucket is not registered there, they need the rights of S3 besides.",
    )
    .optional()
    .validate(validate::principal)
}

/// Whether the function is to see to it.
pub(super) fn are_seen_to(model: &Model) -> bool {
    of(model).is_some()
}

/// As the function takes them.
pub(super) fn text(model: &Model) -> Option<String> {
    serde_json::to_string(&of(model)?).ok()
}

fn of(model: &Model) -> Option<Readers> {
    let readers = model.lake_formation_readers.known()?.iter();
    Some(
        readers
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}

/// Lake Formation lets in another account by means that the function has no right to.
pub(super) fn foreign(names: &Names, model: &Model) -> Option<Diagnostic> {
    let is_ours = |arn: &Arn| arn.account == names.account && arn.partition == names.partition();
    let readers = of(model)?;
    let stranger = readers
        .iter()
        .find(|it| !it.parse().is_ok_and(|arn| is_ours(&arn)))?;
    let summary = "A reader is of another account";
    let next = format!(
        "The function lets in principals of its own account, {}, and {stranger} is none. Share the databases with that account by Lake \
         Formation itself, and let it say there who may read.",
        names.account
    );
    Some(Diagnostic::error(summary, next).at(Path::attribute(ATTRIBUTE)))
}

const ATTRIBUTE: &str = "lake_formation_readers";

/// What the function holds, where it is not what the model says.
pub(super) fn show(model: &mut Model, held: Option<&String>) {
    let held = held.and_then(|text| serde_json::from_str::<Readers>(text).ok());
    if held != of(model) {
        let shown = |readers: Readers| readers.into_iter().map(Value::Known).collect();
        model.lake_formation_readers = held.map(shown).map_or(Value::Null, Value::Known);
    }
}
