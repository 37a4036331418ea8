//! Which changes need a new object.

use super::elements::places;
use crate::dynamic::Dynamic;
use crate::path::Path;
use crate::schema::{Attribute, Kind, Nesting, Object};

/// The paths of all attributes that replace and that differ. Unknown differs from everything.
pub(crate) fn changed(object: &Object, prior: &Dynamic, planned: &Dynamic) -> Vec<Path> {
    let mut paths = Vec::new();
    object.collect_replacing(prior, planned, &Path::root(), &mut paths);
    paths
}

impl Object {
    fn collect_replacing(
        &self,
        prior: &Dynamic,
        planned: &Dynamic,
        at: &Path,
        paths: &mut Vec<Path>,
    ) {
        for field in self.fields() {
            let (prior, planned) = (prior.get(&field.name), planned.get(&field.name));
            if prior != planned {
                field.collect_replacing(prior, planned, at.clone().field(&field.name), paths);
            }
        }
    }

    fn has_replacing(&self) -> bool {
        self.fields().any(|field| {
            field.replaces
                || matches!(&field.kind, Kind::Nested(_, object) if object.has_replacing())
        })
    }
}

impl Attribute {
    fn collect_replacing(
        &self,
        prior: &Dynamic,
        planned: &Dynamic,
        at: Path,
        paths: &mut Vec<Path>,
    ) {
        match &self.kind {
            _ if self.replaces => paths.push(at),
            Kind::Plain(_) => {}
            // Elements of a set have no path, and an unknown collection no elements.
            Kind::Nested(nesting, object) if *nesting == Nesting::Set || planned.is_unknown() => {
                paths.extend(object.has_replacing().then_some(at));
            }
            Kind::Nested(nesting, object) => {
                for place in places(*nesting, planned) {
                    object.collect_replacing(
                        place.of(prior),
                        place.of(planned),
                        &place.under(&at),
                        paths,
                    );
                }
            }
        }
    }
}
