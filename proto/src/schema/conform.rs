//! Brings a value into the form its schema asks for: every attribute there, numbers as numbers,
//! sets in order.

use std::collections::BTreeMap;

use super::{Attribute, Kind, Nesting, Object, Type};
use crate::diagnostics::Diagnostic;
use crate::dynamic::{Dynamic, Number};
use crate::path::Path;

/// What happens to attributes the schema does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Stored state may still hold what an older version of the provider had.
    Dropped,
    Refused,
}

impl Object {
    pub(crate) fn conform(&self, value: Dynamic, missing: Missing) -> Result<Dynamic, Diagnostic> {
        self.conform_at(value, missing, &Path::root())
    }

    fn conform_at(
        &self,
        value: Dynamic,
        missing: Missing,
        at: &Path,
    ) -> Result<Dynamic, Diagnostic> {
        let mut given = match value {
            Dynamic::Map(given) => given,
            Dynamic::Null | Dynamic::Unknown => return Ok(value),
            _ => return Err(mismatch("an object", at)),
        };
        let mut entries = BTreeMap::new();
        for field in self.fields() {
            let value = given.remove(&field.name).unwrap_or_default();
            let value = field.conform(value, missing, &at.clone().field(&field.name))?;
            entries.insert(field.name.clone(), value);
        }
        match given.keys().next() {
            Some(name) if missing == Missing::Refused => {
                Err(mismatch("nothing", &at.clone().field(name)))
            }
            _ => Ok(Dynamic::Map(entries)),
        }
    }
}

impl Attribute {
    pub(super) fn conform(
        &self,
        value: Dynamic,
        missing: Missing,
        at: &Path,
    ) -> Result<Dynamic, Diagnostic> {
        let (nesting, object) = match &self.kind {
            Kind::Plain(ty) => return ty.conform_at(value, at),
            Kind::Nested(nesting, object) => (*nesting, object),
        };
        // Terraform knows no null for repeated blocks.
        if self.is_block && value.is_null() && nesting != Nesting::Single {
            return Ok(Dynamic::List(Vec::new()));
        }
        let inside = |value, at: &Path| object.conform_at(value, missing, at);
        match nesting {
            Nesting::Single => inside(value, at),
            Nesting::List => list(value, at, inside),
            Nesting::Set => list(value, at, inside).map(sorted),
            Nesting::Map => map(value, at, inside),
        }
    }
}

impl Type {
    pub(crate) fn conform(&self, value: Dynamic) -> Result<Dynamic, Diagnostic> {
        self.conform_at(value, &Path::root())
    }

    fn conform_at(&self, value: Dynamic, at: &Path) -> Result<Dynamic, Diagnostic> {
        match (self, value) {
            (_, value @ (Dynamic::Null | Dynamic::Unknown)) => Ok(value),
            (Self::String, value @ Dynamic::String(_)) | (Self::Bool, value @ Dynamic::Bool(_)) => {
                Ok(value)
            }
            (Self::Number, value @ Dynamic::Number(_)) => Ok(value),
            // Terraform sends numbers that fit neither an integer nor a float as text.
            (Self::Number, Dynamic::String(text)) => Number::parse(&text)
                .map(Dynamic::Number)
                .ok_or_else(|| mismatch("a number", at)),
            (Self::List(element), value) => {
                list(value, at, |item, at| element.conform_at(item, at))
            }
            (Self::Set(element), value) => {
                list(value, at, |item, at| element.conform_at(item, at)).map(sorted)
            }
            (Self::Map(element), value) => map(value, at, |item, at| element.conform_at(item, at)),
            (Self::Object(attributes), value) => object(attributes, value, at),
            (Self::String, _) => Err(mismatch("a string", at)),
            (Self::Bool, _) => Err(mismatch("a bool", at)),
            (Self::Number, _) => Err(mismatch("a number", at)),
        }
    }
}

fn object(attributes: &[(String, Type)], value: Dynamic, at: &Path) -> Result<Dynamic, Diagnostic> {
    let Dynamic::Map(mut given) = value else {
        return Err(mismatch("an object", at));
    };
    let entry = |(name, ty): &(String, Type)| {
        let value = ty.conform_at(
            given.remove(name).unwrap_or_default(),
            &at.clone().field(name),
        )?;
        Ok((name.clone(), value))
    };
    attributes
        .iter()
        .map(entry)
        .collect::<Result<_, _>>()
        .map(Dynamic::Map)
}

fn list(
    value: Dynamic,
    at: &Path,
    element: impl Fn(Dynamic, &Path) -> Result<Dynamic, Diagnostic>,
) -> Result<Dynamic, Diagnostic> {
    match value {
        Dynamic::List(items) => {
            let item = |(index, item)| element(item, &at.clone().index(index));
            items
                .into_iter()
                .enumerate()
                .map(item)
                .collect::<Result<_, _>>()
                .map(Dynamic::List)
        }
        Dynamic::Null | Dynamic::Unknown => Ok(value),
        _ => Err(mismatch("a list", at)),
    }
}

fn map(
    value: Dynamic,
    at: &Path,
    element: impl Fn(Dynamic, &Path) -> Result<Dynamic, Diagnostic>,
) -> Result<Dynamic, Diagnostic> {
    match value {
        Dynamic::Map(entries) => {
            let entry = |(key, item): (String, Dynamic)| {
                let item = element(item, &at.clone().key(&key))?;
                Ok((key, item))
            };
            entries
                .into_iter()
                .map(entry)
                .collect::<Result<_, _>>()
                .map(Dynamic::Map)
        }
        Dynamic::Null | Dynamic::Unknown => Ok(value),
        _ => Err(mismatch("a map", at)),
    }
}

/// One order for all sets, so that equal sets are equal values. Known duplicates are one element.
fn sorted(set: Dynamic) -> Dynamic {
    match set {
        Dynamic::List(mut items) => {
            items.sort();
            items.dedup_by(|a, b| a == b && a.is_wholly_known());
            Dynamic::List(items)
        }
        other => other,
    }
}

fn mismatch(expected: &str, at: &Path) -> Diagnostic {
    let detail = format!("Expected {expected} here, according to the provider's schema.");
    Diagnostic::error("Value does not fit the schema", detail).at(at.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    /// `Ok` with the value as JSON, or the path of the error.
    fn check(given: Json, expected: Result<Json, &str>) {
        let inner = vec![Attribute::number("x", "")];
        let object = Object {
            attributes: vec![
                Attribute::set("names", Type::String, ""),
                Attribute::nested("inner", Nesting::Map, inner, ""),
            ],
            blocks: Vec::new(),
        };
        let given = Dynamic::from_model(&given).unwrap();
        let found = object
            .conform(given, Missing::Refused)
            .map_err(|error| error.path().unwrap().to_string());
        let expected = expected
            .map(|json| Dynamic::from_model(&json).unwrap())
            .map_err(str::to_owned);
        assert_eq!(found, expected);
    }

    #[test]
    fn values_get_the_form_of_the_schema() {
        check(json!({}), Ok(json!({"names": null, "inner": null})));
        check(
            json!({"names": ["b", "a", "b"]}),
            Ok(json!({"names": ["a", "b"], "inner": null})),
        );
        check(
            json!({"inner": {"k": {"x": "0.5"}}}),
            Ok(json!({"names": null, "inner": {"k": {"x": 0.5}}})),
        );
        check(json!({"names": [1]}), Err("names[0]"));
        check(
            json!({"inner": {"k": {"x": "much"}}}),
            Err(r#"inner["k"].x"#),
        );
        check(json!({"inner": {"k": {"z": 1}}}), Err(r#"inner["k"].z"#));
        check(json!({"other": 1}), Err("other"));
    }
}
