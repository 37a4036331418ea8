//! What a resource, data source or provider looks like to its users.

mod attribute;
mod block;
mod check;
mod conform;
mod types;

pub use self::attribute::{Attribute, Nesting};
pub use self::block::Block;
pub use self::types::Type;

pub(crate) use self::attribute::Kind;
pub(crate) use self::conform::Missing;

/// A described set of attributes and blocks, with a version for stored state.
#[derive(Clone, Debug)]
pub struct Schema {
    doc: String,
    version: u64,
    pub(crate) object: Object,
}

/// The inside of a schema, a block or a nested attribute.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) blocks: Vec<Block>,
}

impl Schema {
    /// `doc` is Markdown, for the documentation.
    pub fn new(doc: impl Into<String>) -> Self {
        Self {
            doc: doc.into(),
            version: 0,
            object: Object::default(),
        }
    }

    /// Raise it when stored state changes its form, and teach `Resource::upgrade` the older ones.
    #[must_use]
    pub fn version(mut self, version: u64) -> Self {
        self.version = version;
        self
    }

    #[must_use]
    pub fn attribute(mut self, attribute: Attribute) -> Self {
        self.object.attributes.push(attribute);
        self
    }

    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.object.blocks.push(block);
        self
    }

    pub fn doc(&self) -> &str {
        &self.doc
    }

    pub fn state_version(&self) -> u64 {
        self.version
    }

    pub fn attributes(&self) -> &[Attribute] {
        &self.object.attributes
    }

    /// The attributes that name the object; none where nothing but an id does.
    pub fn identity(&self) -> impl Iterator<Item = &Attribute> {
        let attributes = self.object.attributes.iter();
        attributes.filter(|attribute| attribute.identifies)
    }

    pub fn blocks(&self) -> &[Block] {
        &self.object.blocks
    }
}

impl Object {
    /// Attributes, then blocks: to a walk over values a block is an attribute with an inside.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes
            .iter()
            .chain(self.blocks.iter().map(Block::as_attribute))
    }
}
