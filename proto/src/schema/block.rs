//! A block: `name { .. }` in configuration.

use super::{Attribute, Kind, Nesting, Object};

/// One kind of block, in a schema or inside another block.
#[derive(Clone, Debug)]
pub struct Block {
    attribute: Attribute,
    items: (u64, u64),
}

impl Block {
    /// At most one block; the model holds an object or null.
    pub fn single(name: &str, doc: &str) -> Self {
        Self::new(name, Nesting::Single, doc)
    }

    /// Any number of blocks, in order; without one the model holds an empty list.
    pub fn list(name: &str, doc: &str) -> Self {
        Self::new(name, Nesting::List, doc)
    }

    /// Any number of blocks, without order; without one the model holds an empty list.
    pub fn set(name: &str, doc: &str) -> Self {
        Self::new(name, Nesting::Set, doc)
    }

    fn new(name: &str, nesting: Nesting, doc: &str) -> Self {
        let kind = Kind::Nested(nesting, Object::default());
        Self {
            attribute: Attribute {
                is_block: true,
                ..Attribute::new(name, kind, doc).optional()
            },
            items: (0, 0),
        }
    }

    #[must_use]
    pub fn attribute(mut self, attribute: Attribute) -> Self {
        if let Kind::Nested(_, object) = &mut self.attribute.kind {
            object.attributes.push(attribute);
        }
        self
    }

    #[must_use]
    pub fn block(mut self, block: Self) -> Self {
        if let Kind::Nested(_, object) = &mut self.attribute.kind {
            object.blocks.push(block);
        }
        self
    }

    /// How many there must and may be; a maximum of 0 sets no limit.
    #[must_use]
    pub fn items(mut self, min: u64, max: u64) -> Self {
        self.items = (min, max);
        self
    }

    /// A change inside it destroys the object and makes a new one.
    #[must_use]
    pub fn replaces(mut self) -> Self {
        self.attribute.replaces = true;
        self
    }

    pub fn name(&self) -> &str {
        &self.attribute.name
    }

    pub fn doc(&self) -> &str {
        &self.attribute.doc
    }

    /// `Block`, `Block List` or `Block Set`.
    pub fn type_name(&self) -> &'static str {
        match self.nesting() {
            Nesting::List => "Block List",
            Nesting::Set => "Block Set",
            Nesting::Single | Nesting::Map => "Block",
        }
    }

    pub fn min_items(&self) -> u64 {
        self.items.0
    }

    pub fn max_items(&self) -> u64 {
        self.items.1
    }

    pub fn attributes(&self) -> &[Attribute] {
        self.attribute.attributes()
    }

    pub fn blocks(&self) -> &[Self] {
        self.object().map_or(&[], |object| &object.blocks)
    }

    pub(crate) fn object(&self) -> Option<&Object> {
        match &self.attribute.kind {
            Kind::Nested(_, object) => Some(object),
            Kind::Plain(_) => None,
        }
    }

    pub(crate) fn nesting(&self) -> Nesting {
        match &self.attribute.kind {
            Kind::Nested(nesting, _) => *nesting,
            Kind::Plain(_) => Nesting::Single,
        }
    }

    pub(crate) fn as_attribute(&self) -> &Attribute {
        &self.attribute
    }
}
