//! What every resource's model shares: region, tags, ids.

use std::collections::{BTreeMap, BTreeSet};

use logenabler_catalog::shown;
use tfplugin::{Attribute, Call, Diagnostic, Diagnostics, Path, Type, Value};

use crate::aws::{Aws, Tags, user_tags};
use crate::validate;

/// AWS takes 50; a hub and a forwarder need up to three of their own.
const MOST_TAGS: usize = 47;

/// A map of tags in a model; a value may be unknown by itself.
pub(crate) type TagMap = Value<BTreeMap<String, Value<String>>>;

pub(crate) fn region_attribute() -> Attribute {
    Attribute::string(
        "region",
        "AWS region. Default: the provider's. Changing it replaces.",
    )
    .optional()
    .computed()
    .replaces()
    .identifies()
    .validate(validate::region)
}

/// The id of what these parts of an identity name.
pub(crate) fn id_of(parts: &[&Value<String>]) -> Result<String, Diagnostics> {
    let texts: Option<Vec<_>> = parts.iter().map(|part| part.as_str()).collect();
    texts.map(|texts| texts.join("/")).ok_or_else(|| {
        let detail =
            "Give every attribute of the identity, as the page of this resource lists them.";
        Diagnostic::error("The identity is not whole", detail).into()
    })
}

pub(crate) fn tag_attributes() -> Vec<Attribute> {
    vec![
        Attribute::map(
            "tags",
            Type::String,
            "Tags of everything made here, on top of the provider's `default_tags`.",
        )
        .optional()
        .validate(validate::tag_value),
        Attribute::map(
            "tags_all",
            Type::String,
            "All tags, the provider's `default_tags` included.",
        )
        .computed(),
    ]
}

/// The region of a resource: its own, or the provider's.
pub(crate) fn region(config: &Value<String>, aws: &Aws) -> Value<String> {
    if config.is_null() {
        aws.account.region.clone()
    } else {
        config.clone()
    }
}

/// The provider's default tags and a resource's own, which win; a tag that is null is none.
pub(crate) fn all_tags(tags: &TagMap, aws: &Aws) -> TagMap {
    let (Value::Known(defaults), false) = (&aws.default_tags, tags.is_unknown()) else {
        return Value::Unknown;
    };
    let defaults = defaults
        .iter()
        .map(|(key, value)| (key.clone(), value.clone().into()));
    let own = tags.known().cloned().unwrap_or_default().into_iter();
    Value::Known(
        defaults
            .chain(own.filter(|(_, value)| !value.is_null()))
            .collect(),
    )
}

/// What `tags` and `tags_all` show, given the tags that all parts have. Where the parts do not agree, `tags_all` is null:
/// any value could be the one that is configured, and the plan would be empty.
pub(crate) fn shown_tags(
    prior: &TagMap,
    prior_all: &TagMap,
    found: Option<Tags>,
    aws: &Aws,
) -> (TagMap, TagMap) {
    match found {
        Some(found) => (own_tags(prior, prior_all, &found, aws), tag_map(found)),
        None => (prior.clone(), Value::Null),
    }
}

/// A resource's own tags, given all: as they were where none of them drifted. What came from the provider's defaults is
/// none of them; after an import, that is what equals a default.
fn own_tags(prior: &TagMap, prior_all: &TagMap, found: &Tags, aws: &Aws) -> TagMap {
    let was = known_tags(prior);
    let from_defaults = |key: &String, value: &String| match prior_all.known() {
        Some(all) => all.contains_key(key),
        None => aws.default_tags.known().and_then(|tags| tags.get(key)) == Some(value),
    };
    let own: Tags = found
        .iter()
        .filter(|(key, value)| was.contains_key(*key) || !from_defaults(key, value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if own == was {
        prior.clone()
    } else if own.is_empty() {
        Value::Null
    } else {
        tag_map(own)
    }
}

/// The user's tags that all of these parts have; `None` where they do not agree.
pub(crate) fn agreed_tags<'a>(parts: impl Iterator<Item = &'a Tags>) -> Option<Tags> {
    agreed(parts.map(user_tags))
}

/// What all of these are; `None` where they do not agree, or there are none.
pub(crate) fn agreed<T: PartialEq>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// Tells why `tags_all` comes back in the plan.
pub(crate) fn warn_of_tags<M: Clone>(call: &Call<Aws, M>, tags_all: &TagMap) {
    if tags_all.is_null() {
        call.warn(Diagnostic::warning(
            "The tags of some parts were changed outside Terraform",
            "Not all parts have the same tags. The next apply puts that right.",
        ));
    }
}

/// What is wrong with the keys of tags: keys are no values of their own to Terraform, so no validator of the attribute sees them.
pub(crate) fn wrong_tag_keys(tags: &TagMap) -> Diagnostics {
    let keys = || tags.known().into_iter().flat_map(BTreeMap::keys);
    let said =
        |path: Path, reason: String| Diagnostic::error("A tag cannot be set", reason).at(path);
    let path = || Path::attribute("tags");
    let mut wrong: Diagnostics = keys()
        .filter_map(|key| Some(said(path().key(key), validate::tag_key(key).err()?)))
        .collect();
    if keys().count() > MOST_TAGS {
        let reason = format!(
            "AWS takes 50 tags, and {} of them are ours: set at most {MOST_TAGS}.",
            50 - MOST_TAGS
        );
        wrong.push(said(path(), reason));
    }
    let folded: BTreeSet<_> = keys().map(|key| key.to_lowercase()).collect();
    if folded.len() < keys().count() {
        let reason = "Two keys differ in upper and lower case only, which IAM takes for the same. Keep one of them.";
        wrong.push(said(path(), reason.to_owned()));
    }
    wrong
}

pub(crate) fn known_tags(tags: &TagMap) -> Tags {
    let known = tags.known().into_iter().flatten();
    known
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}

pub(crate) fn tag_map(tags: Tags) -> TagMap {
    Value::Known(
        tags.into_iter()
            .map(|(key, value)| (key, value.into()))
            .collect(),
    )
}

/// `value` where AWS holds this part.
pub(crate) fn when<P>(part: &Option<P>, value: String) -> Value<String> {
    held(part, |_| Some(value.clone()))
}

/// What a part holds, where AWS holds the part.
pub(crate) fn held<P, T>(part: &Option<P>, value: impl Fn(&P) -> Option<T>) -> Value<T> {
    part.as_ref()
        .and_then(value)
        .map_or(Value::Null, Value::Known)
}

/// What is said, or unknown where nothing is: it will be known later.
pub(crate) fn unless_null<T: Clone>(value: &Value<T>) -> Value<T> {
    if value.is_null() {
        Value::Unknown
    } else {
        value.clone()
    }
}

/// `value`, or `otherwise` where it is null.
pub(crate) fn either<T: Clone>(value: &Value<T>, otherwise: &Value<T>) -> Value<T> {
    if value.is_null() { otherwise } else { value }.clone()
}

/// A value that an apply cannot do without.
pub(crate) fn needed(value: &Value<String>, name: &str) -> Result<String, Diagnostics> {
    value.as_str().map(str::to_owned).ok_or_else(|| {
        Diagnostic::error(
            format!("The {name} is not known"),
            format!("Set {name}, or run terraform apply -refresh-only, then apply again."),
        )
        .at(Path::attribute(name))
        .into()
    })
}

/// Splits an id such as `eu-west-1/log-enablement-bus`.
pub(crate) fn region_and_name(id: &str, example: &str) -> Result<(String, String), Diagnostics> {
    let split = id
        .split_once('/')
        .filter(|(_, name)| !name.is_empty() && !name.contains('/'));
    split
        .filter(|(region, _)| validate::region(region).is_ok())
        .map(|(region, name)| (region.to_owned(), name.to_owned()))
        .ok_or_else(|| {
            Diagnostic::error(
                "The import id does not name a region and a name",
                format!(
                    "Give it as <region>/<name>, such as {example}; this was {}.",
                    shown(id)
                ),
            )
            .into()
        })
}

/// Asserts that a model's fields are the schema's attributes: serde would drop or miss any other silently.
#[cfg(test)]
pub(crate) fn check_names<M: Default + serde::Serialize>(schema: &tfplugin::Schema) {
    let model = serde_json::to_value(M::default()).unwrap();
    let fields: std::collections::BTreeSet<_> =
        model.as_object().unwrap().keys().cloned().collect();
    let attributes = schema.attributes().iter().map(|a| a.name().to_owned());
    let blocks = schema.blocks().iter().map(|b| b.name().to_owned());
    assert_eq!(fields, attributes.chain(blocks).collect());
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;

    use super::*;
    use crate::aws::Account;

    fn tags(text: &str) -> Tags {
        let pairs = text
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='));
        pairs
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    /// The provider's default is `d=1`.
    fn check(prior: TagMap, prior_all: TagMap, found: &str, shown: TagMap) {
        let account = Account {
            id: Value::Null,
            region: Value::Null,
        };
        let aws = Aws::new(SdkConfig::builder().build(), account, tags("d=1").into());
        assert_eq!(
            own_tags(&prior, &prior_all, &tags(found), &aws),
            shown,
            "{found}"
        );
    }

    #[test]
    fn tags_that_came_from_the_defaults_are_no_tags_of_the_resource() {
        let some = |text: &str| tag_map(tags(text));
        check(some("a=1"), some("a=1 d=1"), "a=1 d=1", some("a=1"));
        check(some("a=1"), some("a=1 d=1"), "a=2 d=1", some("a=2"));
        check(some("a=1"), some("a=1 d=1"), "a=1 b=1", some("a=1 b=1"));
        check(some("a=1"), some("a=1 d=1"), "a=1 d=2", some("a=1"));
        check(Value::Null, some("d=1"), "d=2", Value::Null);
        check(some("a=1"), some("a=1 d=1"), "d=1", Value::Null);
        let left_out = Value::Known(BTreeMap::from([("d".to_owned(), Value::Null)]));
        check(left_out.clone(), some("d=1"), "d=2", left_out);
        check(some("d=1"), some("d=1"), "d=2", some("d=2"));
        check(some("d=1"), some("d=1"), "d=1 b=1", some("b=1 d=1"));
    }

    #[test]
    fn an_import_takes_what_equals_a_default_for_one() {
        let some = |text: &str| tag_map(tags(text));
        check(Value::Null, Value::Null, "a=1 d=1", some("a=1"));
        check(Value::Null, Value::Null, "a=1 d=2", some("a=1 d=2"));
        check(Value::Null, Value::Null, "d=1", Value::Null);
    }

    #[test]
    fn parts_agree_on_the_users_tags_or_not_at_all() {
        let agree = |parts: &[&str]| {
            let parts: Vec<_> = parts.iter().map(|text| tags(text)).collect();
            agreed_tags(parts.iter())
        };
        assert_eq!(agree(&["a=1 logenabler:x=1", "a=1"]), Some(tags("a=1")));
        assert_eq!(agree(&["a=1", "a=1", "a=2"]), None);
        assert_eq!(agree(&["a=1", ""]), None);
    }
}
