//! One attribute: its name, type, description and how planning treats it.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::{Missing, Object, Type};
use crate::dynamic::Dynamic;
use crate::path::Path;

/// How the objects of a nested attribute or block are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    Single,
    List,
    Set,
    Map,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Plain(Type),
    Nested(Nesting, Object),
}

type Check<T> = Arc<dyn Fn(&T) -> Result<(), String> + Send + Sync>;

/// One attribute of a schema. Say at least one of `required`, `optional` and `computed`.
#[derive(Clone)]
pub struct Attribute {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) kind: Kind,
    pub(super) is_block: bool,
    pub(crate) required: bool,
    pub(crate) optional: bool,
    pub(crate) computed: bool,
    pub(crate) sensitive: bool,
    pub(crate) write_only: bool,
    pub(crate) replaces: bool,
    pub(crate) keeps: bool,
    pub(crate) identifies: bool,
    pub(crate) default: Option<Dynamic>,
    pub(crate) deprecated: Option<String>,
    pub(crate) text_checks: Vec<Check<str>>,
    pub(crate) int_checks: Vec<Check<i64>>,
}

impl Attribute {
    pub fn string(name: &str, doc: &str) -> Self {
        Self::of_type(name, Type::String, doc)
    }

    pub fn bool(name: &str, doc: &str) -> Self {
        Self::of_type(name, Type::Bool, doc)
    }

    /// A whole number; on the wire Terraform has one type for all numbers.
    pub fn int(name: &str, doc: &str) -> Self {
        Self::of_type(name, Type::Number, doc).validate_int(|_| Ok(()))
    }

    pub fn number(name: &str, doc: &str) -> Self {
        Self::of_type(name, Type::Number, doc)
    }

    pub fn list(name: &str, element: Type, doc: &str) -> Self {
        Self::of_type(name, Type::list(element), doc)
    }

    pub fn set(name: &str, element: Type, doc: &str) -> Self {
        Self::of_type(name, Type::set(element), doc)
    }

    pub fn map(name: &str, element: Type, doc: &str) -> Self {
        Self::of_type(name, Type::map(element), doc)
    }

    /// An object as one value; prefer `nested`, whose attributes have descriptions of their own.
    pub fn object(name: &str, attributes: Vec<(String, Type)>, doc: &str) -> Self {
        Self::of_type(name, Type::Object(attributes), doc)
    }

    /// Objects with attributes of their own, written `name = { .. }` or `name = [{ .. }]`.
    pub fn nested(name: &str, nesting: Nesting, attributes: Vec<Self>, doc: &str) -> Self {
        let object = Object {
            attributes,
            blocks: Vec::new(),
        };
        Self::new(name, Kind::Nested(nesting, object), doc)
    }

    pub fn of_type(name: &str, ty: Type, doc: &str) -> Self {
        Self::new(name, Kind::Plain(ty), doc)
    }

    pub(super) fn new(name: &str, kind: Kind, doc: &str) -> Self {
        Self {
            name: name.to_owned(),
            doc: doc.to_owned(),
            kind,
            is_block: false,
            required: false,
            optional: false,
            computed: false,
            sensitive: false,
            write_only: false,
            replaces: false,
            keeps: false,
            identifies: false,
            default: None,
            deprecated: None,
            text_checks: Vec::new(),
            int_checks: Vec::new(),
        }
    }
}

/// How it behaves.
impl Attribute {
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    #[must_use]
    pub fn computed(mut self) -> Self {
        self.computed = true;
        self
    }

    /// The value where the user gives none; also heals drift away from it.
    #[must_use]
    pub fn default(self, value: impl Serialize) -> Self {
        let default = Dynamic::from_model(&value).ok();
        let default =
            default.and_then(|value| self.conform(value, Missing::Refused, &Path::root()).ok());
        // A default that is no value of this type is reported by `Schema::problems`, as it is not
        // known.
        let default = Some(default.unwrap_or(Dynamic::Unknown));
        Self {
            default,
            ..self.optional().computed()
        }
    }

    /// A change of it destroys the object and makes a new one.
    #[must_use]
    pub fn replaces(mut self) -> Self {
        self.replaces = true;
        self
    }

    /// An update of other attributes does not change it: plans show its value, not "known after
    /// apply".
    #[must_use]
    pub fn keeps(mut self) -> Self {
        self.keeps = true;
        self
    }

    /// It is part of what names the object: of its identity, which imports take in the place of an
    /// id. A text that never changes.
    #[must_use]
    pub fn identifies(mut self) -> Self {
        self.identifies = true;
        self
    }

    #[must_use]
    pub fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Given in configuration, seen by `create` and `update`, never stored.
    #[must_use]
    pub fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    #[must_use]
    pub fn deprecated(mut self, message: &str) -> Self {
        self.deprecated = Some(message.to_owned());
        self
    }

    /// Checks every text in it: the string itself, or each element of a list, set or map. Only
    /// known values are checked.
    #[must_use]
    pub fn validate(
        mut self,
        check: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.text_checks.push(Arc::new(check));
        self
    }

    /// Checks every whole number in it.
    #[must_use]
    pub fn validate_int(
        mut self,
        check: impl Fn(i64) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.int_checks
            .push(Arc::new(move |value: &i64| check(*value)));
        self
    }
}

/// For documentation and tests.
impl Attribute {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn doc(&self) -> &str {
        &self.doc
    }

    /// What it is: the first sentence of its description.
    pub fn summary(&self) -> &str {
        let first = self.doc.split_inclusive(". ").next();
        first.unwrap_or_default().trim_end()
    }

    /// `String`, `Set of String`, `Attributes List` ...
    pub fn type_name(&self) -> String {
        match &self.kind {
            Kind::Plain(ty) => ty.to_string(),
            Kind::Nested(Nesting::Single, _) => "Attributes".to_owned(),
            Kind::Nested(nesting, _) => format!("Attributes {nesting:?}"),
        }
    }

    pub fn is_required(&self) -> bool {
        self.required
    }

    pub fn is_optional(&self) -> bool {
        self.optional
    }

    pub fn is_computed(&self) -> bool {
        self.computed
    }

    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    pub fn is_write_only(&self) -> bool {
        self.write_only
    }

    /// Whether a change of it replaces the object.
    pub fn is_replacing(&self) -> bool {
        self.replaces
    }

    pub fn default_value(&self) -> Option<&Dynamic> {
        self.default.as_ref()
    }

    pub fn deprecation(&self) -> Option<&str> {
        self.deprecated.as_deref()
    }

    /// The attributes inside a nested attribute; none for others.
    pub fn attributes(&self) -> &[Self] {
        match &self.kind {
            Kind::Plain(_) => &[],
            Kind::Nested(_, object) => &object.attributes,
        }
    }
}

/// Leaves out checks, which cannot be shown, and the default, which may be a secret.
impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
