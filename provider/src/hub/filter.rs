//! Which resources get tables: the hub's filter, as the function is told of it.

use std::collections::{BTreeMap, BTreeSet};

use logenabler_catalog::Filter;
use tfplugin::{Attribute, Diagnostic, Diagnostics, Path, Type, Value};

use super::Model;
use crate::model::{TagMap, known_tags, tag_map};
use crate::{aws::Tags, validate};

type Names = BTreeSet<String>;

pub(super) fn attributes() -> Vec<Attribute> {
    let names = |name, doc| {
        let attribute = Attribute::set(name, Type::String, doc).optional();
        attribute.validate(validate::filter_name)
    };
    let tags = |name, doc| {
        let attribute = Attribute::map(name, Type::String, doc).optional();
        attribute.validate(validate::filter_tag)
    };
    vec![
        names(
            "include_names",
            "Names of resources that get tables; `*` stands for anything. Where this or `include_tags` is set, only what one of them names gets any.",
        ),
        names(
            "exclude_names",
            "Names of resources that get no tables, whatever includes them; `*` stands for anything.",
        ),
        tags(
            "include_tags",
            "Tags, any of which gets a resource its tables; in a value `*` stands for anything.",
        ),
        tags(
            "exclude_tags",
            "Tags, any of which leaves a resource without tables, whatever includes it; in a value `*` stands for anything.",
        ),
    ]
}

/// What is configured.
pub(super) fn of(model: &Model) -> Filter {
    let names = |names: &Value<Vec<Value<String>>>| {
        let known = names.known().into_iter().flatten();
        known.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Filter {
        include_names: names(&model.include_names),
        exclude_names: names(&model.exclude_names),
        include_tags: known_tags(&model.include_tags),
        exclude_tags: known_tags(&model.exclude_tags),
    }
}

/// What the function holds, where it is not what the model says: `[]` and null filter alike.
pub(super) fn show(model: &mut Model, held: Option<&String>) {
    let held = held.and_then(|text| Filter::parse(text).ok());
    let (held, known) = (held.unwrap_or_default(), of(model));
    show_names(
        &mut model.include_names,
        held.include_names,
        &known.include_names,
    );
    show_names(
        &mut model.exclude_names,
        held.exclude_names,
        &known.exclude_names,
    );
    show_tags(
        &mut model.include_tags,
        held.include_tags,
        &known.include_tags,
    );
    show_tags(
        &mut model.exclude_tags,
        held.exclude_tags,
        &known.exclude_tags,
    );
}
/// Keys are no values of their own to Terraform, so no validator of the attribute sees them.
pub(super) fn wrong(config: &Model) -> Diagnostics {
    let of = [
        ("include_tags", &config.include_tags),
        ("exclude_tags", &config.exclude_tags),
    ];
    let keys = of.into_iter().flat_map(|(name, tags)| {
        let keys = tags.known().into_iter().flat_map(BTreeMap::keys);
        keys.map(move |key| (name, key))
    });
    keys.filter_map(|(name, key)| {
        let reason = validate::filter_name(key).err()?;
        let path = Path::attribute(name).key(key);
        Some(Diagnostic::error("A tag cannot be filtered by", reason).at(path))
    })
    .collect()
}

fn show_names(shown: &mut Value<Vec<Value<String>>>, held: Names, known: &Names) {
    if held != *known {
        *shown = super::read::set(held);
    }
}

fn show_tags(shown: &mut TagMap, held: Tags, known: &Tags) {
    if held != *known {
        *shown = if held.is_empty() {
            Value::Null
        } else {
            tag_map(held)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_that_are_empty_are_left_out_and_none_is_no_filter() {
        let names = |names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned().into());
            Value::Known(names.collect())
        };
        let check = |model: Model, expected: Option<&str>| {
            assert_eq!(of(&model).text().as_deref(), expected);
        };
        check(Model::default(), None);
        let empty = Model {
            include_names: names(&[]),
            ..Model::default()
        };
        check(empty, None);
        let both = Model {
            include_names: names(&["b", "a*"]),
            exclude_tags: tag_map(Tags::from([("env".to_owned(), "dev".to_owned())])),
            ..Model::default()
        };
        let json = r#"{"include_names":["a*","b"],"exclude_tags":{"env":"dev"}}"#;
        check(both, Some(json));
    }
}
