//! Finds where a plan says something else than the configuration, before Terraform does so in its
//! own words.

use super::elements::places;
use crate::dynamic::Dynamic;
use crate::path::Path;
use crate::schema::{Attribute, Kind, Nesting, Object};

/// The first contradiction. A configured value may also stay as it was: two spellings of one thing
/// are no change.
pub(crate) fn find(
    object: &Object,
    config: &Dynamic,
    prior: Option<&Dynamic>,
    planned: &Dynamic,
) -> Option<Path> {
    object.contradiction(
        config,
        prior.unwrap_or(&Dynamic::Null),
        planned,
        &Path::root(),
    )
}

impl Object {
    fn contradiction(
        &self,
        config: &Dynamic,
        prior: &Dynamic,
        planned: &Dynamic,
        at: &Path,
    ) -> Option<Path> {
        if !matches!((config, planned), (Dynamic::Map(_), Dynamic::Map(_))) {
            return (config != planned).then(|| at.clone());
        }
        self.fields().find_map(|field| {
            let at = at.clone().field(&field.name);
            field.contradiction(
                config.get(&field.name),
                prior.get(&field.name),
                planned.get(&field.name),
                &at,
            )
        })
    }
}

impl Object {
    /// Whether every configured element is planned, and every planned one configured. Two may have
    /// become one, so they are not counted.
    fn same_sets(&self, config: &Dynamic, planned: &Dynamic) -> bool {
        let (Some(wanted), Some(got)) = (config.as_list(), planned.as_list()) else {
            return false;
        };
        let fits = |wanted, got| {
            self.contradiction(wanted, &Dynamic::Null, got, &Path::root())
                .is_none()
        };
        wanted
            .iter()
            .all(|wanted| got.iter().any(|got| fits(wanted, got)))
            && got
                .iter()
                .all(|got| wanted.iter().any(|wanted| fits(wanted, got)))
    }
}

impl Attribute {
    fn contradiction(
        &self,
        config: &Dynamic,
        prior: &Dynamic,
        planned: &Dynamic,
        at: &Path,
    ) -> Option<Path> {
        let kept = !config.is_null() && !prior.is_null() && planned == prior;
        let free = config.is_null() && (self.computed || planned.is_null());
        if planned == config || kept || free || self.write_only {
            return None;
        }
        let wrong = || Some(at.clone());
        let Kind::Nested(nesting, object) = &self.kind else {
            return wrong();
        };
        match nesting {
            Nesting::Set if object.same_sets(config, planned) => None,
            Nesting::Set => wrong(),
            _ if !same_shape(*nesting, config, planned) => wrong(),
            _ => places(*nesting, config).into_iter().find_map(|place| {
                object.contradiction(
                    place.of(config),
                    place.of(prior),
                    place.of(planned),
                    &place.under(at),
                )
            }),
        }
    }
}

/// Whether both have objects at the same places.
fn same_shape(nesting: Nesting, config: &Dynamic, planned: &Dynamic) -> bool {
    match (nesting, config, planned) {
        (Nesting::Single, Dynamic::Map(_), Dynamic::Map(_)) => true,
        (Nesting::Map, Dynamic::Map(wanted), Dynamic::Map(got)) => wanted.keys().eq(got.keys()),
        (Nesting::List, Dynamic::List(wanted), Dynamic::List(got)) => wanted.len() == got.len(),
        _ => false,
    }
}
