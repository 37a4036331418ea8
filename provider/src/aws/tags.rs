//! Tags: the user's, and our own, which say what belongs together and let an import find an incomplete set.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::form::text;

/// Tags by key.
pub(crate) type Tags = BTreeMap<String, String>;

/// Keys with this prefix are ours: never shown in `tags`, never taken from the user.
pub(crate) const OWN_PREFIX: &str = "logenabler:";
/// On every part: which hub or forwarder it belongs to, such as `hub/eu-west-1/log-enablement-bus`.
pub(crate) const OWNER_TAG: &str = "logenabler:owner";

/// What turns `found` into `wanted`: tags to set, keys to remove.
pub(super) fn changes(wanted: &Tags, found: &Tags) -> (Tags, Vec<String>) {
    let set = wanted
        .iter()
        .filter(|(key, value)| found.get(*key) != Some(*value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let remove = found
        .keys()
        .filter(|key| !wanted.contains_key(*key))
        .cloned()
        .collect();
    (set, remove)
}

/// Tags as AWS listed them, without those AWS sets itself.
pub(super) fn listed<K: Into<String>, V: Into<String>>(
    tags: impl IntoIterator<Item = (K, V)>,
) -> Tags {
    tags.into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .filter(|(key, _)| !key.starts_with("aws:"))
        .collect()
}

/// As a list of pairs.
pub(super) fn pairs(tags: &Tags) -> Json {
    let pairs = tags.iter();
    pairs
        .map(|(key, value)| json!({ "Key": key, "Value": value }))
        .collect()
}

/// A list of pairs as AWS listed them.
pub(super) fn of_pairs(pairs: &[Json]) -> Tags {
    listed(
        pairs
            .iter()
            .map(|tag| (text(tag, "/Key"), text(tag, "/Value"))),
    )
}

/// Tags without ours.
pub(crate) fn user_tags(tags: &Tags) -> Tags {
    let users = tags.iter().filter(|(key, _)| !key.starts_with(OWN_PREFIX));
    users
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// `tags` with those of `own` that are ours.
pub(super) fn with_own_tags(mut tags: Tags, own: &Tags) -> Tags {
    let ours = own.iter().filter(|(key, _)| key.starts_with(OWN_PREFIX));
    tags.extend(ours.map(|(key, value)| (key.clone(), value.clone())));
    tags
}
