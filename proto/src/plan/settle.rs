//! What follows for each attribute from configuration, default and prior state alone.

use std::collections::BTreeMap;

use crate::dynamic::Dynamic;
use crate::schema::{Attribute, Kind, Nesting, Object};

/// What a computed attribute is that neither configuration nor a default gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unset {
    /// What it was, as if nothing changed.
    Prior,
    /// Unknown until applied, unless it `keeps`.
    Unknown,
}

pub(crate) fn settle(
    object: &Object,
    config: &Dynamic,
    prior: Option<&Dynamic>,
    unset: Unset,
) -> Dynamic {
    let Dynamic::Map(config) = config else {
        return config.clone();
    };
    let prior = prior.filter(|prior| prior.as_map().is_some());
    let entry = |field: &Attribute| {
        let given = config.get(&field.name).unwrap_or(&Dynamic::Null);
        let value = field.settle(given, prior.map(|prior| prior.get(&field.name)), unset);
        (field.name.clone(), value)
    };
    Dynamic::Map(object.fields().map(entry).collect())
}

impl Attribute {
    fn settle(&self, config: &Dynamic, prior: Option<&Dynamic>, unset: Unset) -> Dynamic {
        if self.write_only {
            return Dynamic::Null;
        }
        match (config, &self.kind) {
            (Dynamic::Null, _) => self.settle_unset(prior, unset),
            (Dynamic::Unknown, _) | (_, Kind::Plain(_)) => config.clone(),
            (_, Kind::Nested(nesting, object)) => Elements {
                nesting: *nesting,
                object,
                prior: prior.unwrap_or(&Dynamic::Null),
                unset,
            }
            .settle(config),
        }
    }

    fn settle_unset(&self, prior: Option<&Dynamic>, unset: Unset) -> Dynamic {
        match (&self.default, prior) {
            (Some(default), _) => default.clone(),
            (None, _) if !self.computed => Dynamic::Null,
            (None, Some(prior)) if unset == Unset::Prior || (self.keeps && !prior.is_null()) => {
                prior.clone()
            }
            (None, _) => Dynamic::Unknown,
        }
    }
}

/// The objects of a nested attribute or block, each with its counterpart in the prior state.
struct Elements<'a> {
    nesting: Nesting,
    object: &'a Object,
    prior: &'a Dynamic,
    unset: Unset,
}

impl Elements<'_> {
    fn settle(&self, config: &Dynamic) -> Dynamic {
        match (self.nesting, config) {
            (Nesting::Single, _) => self.one(config, Some(self.prior)),
            (Nesting::Map, Dynamic::Map(entries)) => {
                let entry = |(key, item): (&String, _)| {
                    (key.clone(), self.one(item, Some(self.prior.get(key))))
                };
                Dynamic::Map(entries.iter().map(entry).collect::<BTreeMap<_, _>>())
            }
            (Nesting::Set, Dynamic::List(items)) => {
                let mut items: Vec<_> = items
                    .iter()
                    .map(|item| self.one(item, self.twin(item)))
                    .collect();
                items.sort();
                Dynamic::List(items)
            }
            (_, Dynamic::List(items)) => {
                let prior = self.prior.as_list().unwrap_or_default();
                let item = |(index, item)| self.one(item, prior.get(index));
                Dynamic::List(items.iter().enumerate().map(item).collect())
            }
            _ => config.clone(),
        }
    }

    fn one(&self, config: &Dynamic, prior: Option<&Dynamic>) -> Dynamic {
        settle(self.object, config, prior, self.unset)
    }

    /// The prior element that this one would become if nothing changed: elements of a set have no
    /// other identity.
    fn twin(&self, config: &Dynamic) -> Option<&Dynamic> {
        let same =
            |prior: &&Dynamic| settle(self.object, config, Some(prior), Unset::Prior) == **prior;
        self.prior.as_list().unwrap_or_default().iter().find(same)
    }
}
