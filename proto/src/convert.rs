//! Between the values of the wire and a resource's model, with user-readable errors.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostics::Diagnostic;
use crate::dynamic::{Dynamic, ModelError, Number};
use crate::path::{Path, Step};
use crate::schema::{Kind, Missing, Nesting, Object};

pub(crate) fn to_model<T: DeserializeOwned>(value: &Dynamic) -> Result<T, Diagnostic> {
    value.to_model().map_err(|error: ModelError| {
        Diagnostic::error("Value cannot be used", format!("{error}.")).at(error.path)
    })
}

/// The value of a model. `given` is what the model was made from; what passed through it untouched
/// comes back exactly.
pub(crate) fn from_model(
    object: &Object,
    model: &impl Serialize,
    given: &Dynamic,
) -> Result<Dynamic, Diagnostic> {
    let value = Dynamic::from_model(model)
        .map_err(|error| Diagnostic::bug(format!("A value cannot be stored: {error}.")))?;
    let conform = |value| object.conform(value, Missing::Refused);
    let mut value = conform(value)
        .and_then(|value| conform(restored(value, given)))
        .map_err(|error| not_in_schema(&error))?;
    clear_write_only(object, &mut value);
    Ok(value)
}

/// Paths of what is unknown.
pub(crate) fn unknowns(value: &Dynamic, at: &Path, found: &mut Vec<Path>) {
    match value {
        Dynamic::Unknown => found.push(at.clone()),
        Dynamic::List(items) => {
            let at = |index| at.clone().step(Step::Index(index));
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| unknowns(item, &at(index), found));
        }
        Dynamic::Map(entries) => {
            entries
                .iter()
                .for_each(|(key, item)| unknowns(item, &at.clone().field(key), found));
        }
        _ => {}
    }
}

/// The value with null in the place of everything unknown.
pub(crate) fn without_unknowns(value: Dynamic) -> Dynamic {
    match value {
        Dynamic::Unknown => Dynamic::Null,
        Dynamic::List(items) => Dynamic::List(items.into_iter().map(without_unknowns).collect()),
        Dynamic::Map(entries) => Dynamic::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key, without_unknowns(value)))
                .collect(),
        ),
        other => other,
    }
}

/// Puts write-only values of the configuration into a planned state, where Terraform leaves them
/// out.
pub(crate) fn fill_write_only(object: &Object, planned: &mut Dynamic, config: &Dynamic) {
    let Dynamic::Map(entries) = planned else {
        return;
    };
    for field in object.fields() {
        let given = config.get(&field.name);
        match (entries.get_mut(&field.name), &field.kind) {
            (Some(slot), _) if field.write_only => *slot = given.clone(),
            (Some(slot), Kind::Nested(nesting, inner)) => {
                let fill =
                    |(slot, given): (&mut Dynamic, &Dynamic)| fill_write_only(inner, slot, given);
                objects(*nesting, slot, given).into_iter().for_each(fill);
            }
            _ => {}
        }
    }
}

fn clear_write_only(object: &Object, value: &mut Dynamic) {
    fill_write_only(object, value, &Dynamic::Null);
}

/// The objects of a nested attribute beside those of another value, by position or key.
fn objects<'a>(
    nesting: Nesting,
    value: &'a mut Dynamic,
    other: &'a Dynamic,
) -> Vec<(&'a mut Dynamic, &'a Dynamic)> {
    match (nesting, value) {
        (Nesting::Map, Dynamic::Map(entries)) => entries
            .iter_mut()
            .map(|(key, item)| (item, other.get(key)))
            .collect(),
        (_, Dynamic::List(items)) => {
            let others = other
                .as_list()
                .unwrap_or_default()
                .iter()
                .chain(std::iter::repeat(&Dynamic::Null));
            items.iter_mut().zip(others).collect()
        }
        (_, single) => vec![(single, other)],
    }
}

/// Undoes what a model cannot help: an `f64` loses digits, a `Value<Vec<String>>` loses what is
/// known beside an unknown.
fn restored(value: Dynamic, given: &Dynamic) -> Dynamic {
    match (value, given) {
        (Dynamic::Unknown, given) if !given.is_wholly_known() => given.clone(),
        (Dynamic::Number(new), Dynamic::Number(old)) if rounded(old).as_ref() == Some(&new) => {
            given.clone()
        }
        (Dynamic::List(items), Dynamic::List(given)) if items.len() == given.len() => {
            Dynamic::List(
                items
                    .into_iter()
                    .zip(given)
                    .map(|(item, given)| restored(item, given))
                    .collect(),
            )
        }
        (Dynamic::Map(entries), given @ Dynamic::Map(_)) => {
            let entry = |(key, item): (String, Dynamic)| {
                let item = restored(item, given.get(&key));
                (key, item)
            };
            Dynamic::Map(entries.into_iter().map(entry).collect())
        }
        (other, _) => other,
    }
}

/// What an `f64` makes of a number.
fn rounded(number: &Number) -> Option<Number> {
    number.as_f64().and_then(Number::from_f64)
}

fn not_in_schema(error: &Diagnostic) -> Diagnostic {
    let place = error.path().map(ToString::to_string).unwrap_or_default();
    Diagnostic::bug(format!("At {place}, its model does not fit its schema."))
}
