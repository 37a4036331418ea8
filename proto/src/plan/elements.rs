//! The objects of a nested attribute or block, found again in several values of it.

use crate::dynamic::Dynamic;
use crate::path::{Path, Step};
use crate::schema::Nesting;

/// The place of one object inside its attribute; none if the attribute is the object.
pub(super) struct Place(Option<Step>);

/// The places of all objects. Elements of sets have none.
pub(super) fn places(nesting: Nesting, value: &Dynamic) -> Vec<Place> {
    let place = |step| Place(Some(step));
    match (nesting, value) {
        (Nesting::Single, _) => vec![Place(None)],
        (Nesting::Map, Dynamic::Map(entries)) => entries
            .keys()
            .map(|key| place(Step::Key(key.clone())))
            .collect(),
        (Nesting::List, Dynamic::List(items)) => (0..items.len())
            .map(|index| place(Step::Index(index)))
            .collect(),
        _ => Vec::new(),
    }
}

impl Place {
    /// The object at this place of another value; null if it has none.
    pub(super) fn of<'a>(&self, value: &'a Dynamic) -> &'a Dynamic {
        match &self.0 {
            None => value,
            Some(Step::Index(index)) => value
                .as_list()
                .and_then(|items| items.get(*index))
                .unwrap_or(&Dynamic::Null),
            Some(Step::Key(name) | Step::Attribute(name)) => value.get(name),
        }
    }

    pub(super) fn under(&self, at: &Path) -> Path {
        self.0.iter().cloned().fold(at.clone(), Path::step)
    }
}
