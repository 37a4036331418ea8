//! A policy document, compared by what it means: AWS may answer lists in another order, and a list of one as the one.

use std::fmt;

use serde_json::Value as Json;

/// A policy document.
#[derive(Debug, Clone)]
pub(crate) struct Policy(Json);

impl Policy {
    /// The document in this text; text that is no JSON is kept, and equals no policy.
    pub(crate) fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned())))
    }

    pub(crate) fn json(&self) -> &Json {
        &self.0
    }
}

impl From<Json> for Policy {
    fn from(document: Json) -> Self {
        Self(document)
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        canonical(&self.0) == canonical(&other.0)
    }
}

fn canonical(json: &Json) -> Json {
    match json {
        Json::Array(items) => {
            let mut items: Vec<_> = items.iter().map(canonical).collect();
            items.sort_by_key(Json::to_string);
            match items.as_slice() {
                [one] => one.clone(),
                _ => Json::Array(items),
            }
        }
        Json::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), canonical(value)));
            let sorted: std::collections::BTreeMap<_, _> = fields.collect();
            Json::Object(sorted.into_iter().collect())
        }
        plain => plain.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(left: Json, right: Json, same: bool) {
        assert_eq!(
            Policy(left.clone()) == Policy(right.clone()),
            same,
            "{left} {right}"
        );
    }

    #[test]
    fn order_and_lists_of_one_do_not_matter() {
        check(
            json!({ "a": ["x", "y"], "b": 1 }),
            json!({ "b": 1, "a": ["y", "x"] }),
            true,
        );
        check(
            json!({ "Statement": [{ "Action": ["s"] }] }),
            json!({ "Statement": { "Action": "s" } }),
            true,
        );
        check(json!({ "a": ["x"] }), json!({ "a": ["x", "y"] }), false);
        check(json!({ "a": "x" }), json!({ "a": "X" }), false);
    }
}
