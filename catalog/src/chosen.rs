//! Fields that a log's owner chose, in an order of their own: looked up in the log type's dictionary.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::column::{Column, Type};
use crate::layout::Layout;

/// The columns of these fields, in their order. One that the dictionary lacks, for AWS has it newer, is a text under its own
/// name; one that is chosen twice is told apart by a number.
pub(crate) fn columns<'a>(
    fields: impl IntoIterator<Item = &'a str>,
    dictionary: &[Column],
) -> Vec<Column> {
    let mut taken = BTreeSet::new();
    let column = |field| {
        let name = column_name(field);
        let known = dictionary.iter().find(|column| column.name == name);
        let column = known.cloned().unwrap_or_else(|| unknown(name));
        let name = free(&column.name, &taken);
        taken.insert(name.clone());
        Column {
            name: Cow::Owned(name),
            ..column
        }
    };
    fields.into_iter().map(column).collect()
}

/// The layout with keys that share no name with a chosen field: Glue has each name once. What the key is called is ours alone;
/// the folders stay what they are.
pub(crate) fn keys_apart(mut layout: Layout, columns: &[Column]) -> Layout {
    let mut taken: BTreeSet<_> = columns
        .iter()
        .map(|c| c.name.clone().into_owned())
        .collect();
    let keys = layout.keys.to_mut().iter_mut().map(|key| &mut key.column);
    for key in keys.chain(layout.projection.iter_mut().map(|dated| &mut dated.key)) {
        let name = free(&key.name, &taken);
        if name != key.name {
            let [before, after] = [&key.name, name.as_str()].map(|name| format!("${{{name}}}"));
            layout.below = Cow::Owned(layout.below.replace(&before, &after));
            key.name = Cow::Owned(name.clone());
        }
        taken.insert(name);
    }
    layout
}

/// A field's name as a column: `account-id` is `account_id`, `cs(User-Agent)` is `cs_user_agent`.
pub(crate) fn column_name(field: &str) -> String {
    let words = field.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_ascii_lowercase()
}

fn unknown(name: String) -> Column {
    Column {
        name: Cow::Owned(name),
        ty: Type::String,
        doc: "A field that is newer than this description of the log.",
    }
}

fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let name = if name.is_empty() { "field" } else { name };
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::{int, string};

    fn check(fields: &[&str], expected: &[(&str, Type)]) {
        let dictionary = [string("cs_host", "A."), int("sc_status", "B.")];
        let found = columns(fields.iter().copied(), &dictionary);
        let found: Vec<_> = found.iter().map(|c| (c.name.as_ref(), c.ty)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn fields_are_columns_in_their_order_and_none_is_lost() {
        check(
            &["sc-status", "cs(Host)", "new-Field", "", "cs(host)"],
            &[
                ("sc_status", Type::Int),
                ("cs_host", Type::String),
                ("new_field", Type::String),
                ("field", Type::String),
                ("cs_host_2", Type::String),
            ],
        );
    }
}
