//! Checks: of configuration by the validators of its attributes, and of the schema itself.

use super::{Attribute, Kind, Nesting, Object, Schema, Type};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::dynamic::Dynamic;
use crate::path::Path;

impl Schema {
    /// What Terraform would refuse in this schema; a test of every provider asserts that there is
    /// nothing.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        self.object.problems(&Path::root(), &mut problems);
        problems
    }
}

impl Object {
    /// Runs the validators over everything that is known.
    pub(crate) fn validate(&self, config: &Dynamic) -> Diagnostics {
        let mut found = Diagnostics::new();
        self.validate_at(config, &Path::root(), &mut found);
        found
    }

    fn validate_at(&self, config: &Dynamic, at: &Path, found: &mut Diagnostics) {
        for field in self.fields() {
            field.validate_at(
                config.get(&field.name),
                &at.clone().field(&field.name),
                found,
            );
        }
    }

    fn problems(&self, at: &Path, problems: &mut Vec<String>) {
        for attribute in &self.attributes {
            let at = at.clone().field(&attribute.name);
            problems.extend(
                attribute
                    .problem()
                    .map(|problem| format!("{at}: {problem}")),
            );
        }
        for field in self.fields() {
            let at = at.clone().field(&field.name);
            if !is_name(&field.name) {
                problems.push(format!(
                    "{at}: a name is lower-case letters, digits and underscores"
                ));
            }
            if self
                .fields()
                .filter(|other| other.name == field.name)
                .count()
                > 1
            {
                problems.push(format!("{at}: there are two of this name"));
            }
            if let Kind::Nested(_, object) = &field.kind {
                object.problems(&at, problems);
            }
        }
    }
}

impl Attribute {
    fn validate_at(&self, value: &Dynamic, at: &Path, found: &mut Diagnostics) {
        if let Some(message) = self.deprecated.as_ref().filter(|_| !value.is_null()) {
            found.push(Diagnostic::warning(format!("{at} is deprecated"), message).at(at.clone()));
        }
        match (&self.kind, value) {
            (Kind::Nested(Nesting::Single, object), Dynamic::Map(_)) => {
                object.validate_at(value, at, found)
            }
            (Kind::Nested(_, object), _) => {
                self.elements(value, at)
                    .for_each(|(item, at)| object.validate_at(item, &at, found));
            }
            (Kind::Plain(_), _) if self.text_checks.is_empty() && self.int_checks.is_empty() => {}
            (Kind::Plain(_), Dynamic::List(_) | Dynamic::Map(_)) => {
                for (item, at) in self.elements(value, at) {
                    found.extend(self.complaints(item).map(|text| complaint(text, &at)));
                }
            }
            (Kind::Plain(_), _) => {
                found.extend(self.complaints(value).map(|text| complaint(text, at)))
            }
        }
    }

    /// The elements of a list, set or map, with their paths. Elements of sets have none, so the
    /// set's own path is used.
    fn elements<'a>(
        &self,
        value: &'a Dynamic,
        at: &Path,
    ) -> impl Iterator<Item = (&'a Dynamic, Path)> {
        let is_set = matches!(
            self.kind,
            Kind::Nested(Nesting::Set, _) | Kind::Plain(Type::Set(_))
        );
        let items = value.as_list().unwrap_or_default().iter().enumerate();
        let place = move |index| {
            if is_set {
                at.clone()
            } else {
                at.clone().index(index)
            }
        };
        let items = items.map(move |(index, item)| (item, place(index)));
        let entries = value.as_map().into_iter().flatten();
        items.chain(entries.map(move |(key, item)| (item, at.clone().key(key))))
    }

    fn complaints(&self, value: &Dynamic) -> impl Iterator<Item = String> {
        let texts = value.as_str().map(|text| {
            self.text_checks
                .iter()
                .filter_map(move |check| check(text).err())
        });
        let ints = value.as_i64().map(|int| {
            self.int_checks
                .iter()
                .filter_map(move |check| check(&int).err())
        });
        let fraction = matches!(value, Dynamic::Number(_))
            && value.as_i64().is_none()
            && !self.int_checks.is_empty();
        let fraction = fraction.then(|| "This must be a whole number.".to_owned());
        texts
            .into_iter()
            .flatten()
            .chain(ints.into_iter().flatten())
            .chain(fraction)
    }

    fn problem(&self) -> Option<&'static str> {
        let given = self.required || self.optional;
        let unfit = |default: &Dynamic| !default.is_wholly_known();
        let checks = [
            (self.doc.is_empty(), "it has no description"),
            (
                !given && !self.computed,
                "it is neither required, optional nor computed",
            ),
            (
                self.required && (self.optional || self.computed),
                "a required attribute cannot be optional, computed or have a default",
            ),
            (
                self.write_only && (self.computed || !given),
                "a write-only attribute must be required or optional, and not computed",
            ),
            (
                self.default.as_ref().is_some_and(unfit),
                "its default does not fit its type",
            ),
        ];
        checks
            .into_iter()
            .find_map(|(wrong, problem)| wrong.then_some(problem))
    }
}

fn complaint(text: String, at: &Path) -> Diagnostic {
    Diagnostic::error(format!("Invalid value for {at}"), text).at(at.clone())
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(attribute: Attribute, expected: &[&str]) {
        assert_eq!(Schema::new("").attribute(attribute).problems(), expected);
    }

    #[test]
    fn what_terraform_would_refuse_is_found() {
        check(Attribute::string("a", "A.").required(), &[]);
        check(Attribute::set("a", Type::String, "A.").default(["x"]), &[]);
        check(
            Attribute::string("a", "").required(),
            &["a: it has no description"],
        );
        check(
            Attribute::string("a", "A."),
            &["a: it is neither required, optional nor computed"],
        );
        check(
            Attribute::int("a", "A.").default("x"),
            &["a: its default does not fit its type"],
        );
        check(
            Attribute::string("A", "A.").optional(),
            &["A: a name is lower-case letters, digits and underscores"],
        );
        let inner = vec![Attribute::string("b", "B.").required().computed()];
        check(
            Attribute::nested("a", Nesting::List, inner, "A.").optional(),
            &["a.b: a required attribute cannot be optional, computed or have a default"],
        );
    }
}
