//! Schemas and signatures.

use super::tfplugin6 as pb;
use crate::function::{Parameter, Signature};
use crate::schema::{Attribute, Block, Kind, Nesting, Object, Schema, Type};

const MARKDOWN: i32 = pb::StringKind::Markdown as i32;

pub(super) fn schema(schema: &Schema) -> pb::Schema {
    let version = i64::try_from(schema.state_version()).unwrap_or(i64::MAX);
    pb::Schema {
        version,
        block: Some(pb::schema::Block {
            version,
            ..block(schema.doc(), &schema.object)
        }),
    }
}

pub(super) fn function(signature: &Signature) -> pb::Function {
    pb::Function {
        parameters: signature.parameters.iter().map(parameter).collect(),
        variadic_parameter: signature.variadic.as_ref().map(parameter),
        r#return: Some(pb::function::Return {
            r#type: ty(&signature.returns),
        }),
        summary: signature.summary.clone(),
        description: signature.description.clone(),
        description_kind: MARKDOWN,
        deprecation_message: String::new(),
    }
}

fn block(doc: &str, object: &Object) -> pb::schema::Block {
    pb::schema::Block {
        version: 0,
        attributes: object.attributes.iter().map(attribute).collect(),
        block_types: object.blocks.iter().map(nested_block).collect(),
        description: doc.to_owned(),
        description_kind: MARKDOWN,
        deprecated: false,
    }
}

fn nested_block(nested: &Block) -> pb::schema::NestedBlock {
    use pb::schema::nested_block::NestingMode;
    let nesting = match nested.nesting() {
        Nesting::Single => NestingMode::Single,
        Nesting::List => NestingMode::List,
        Nesting::Set => NestingMode::Set,
        Nesting::Map => NestingMode::Map,
    };
    let items = |count| i64::try_from(count).unwrap_or(i64::MAX);
    pb::schema::NestedBlock {
        type_name: nested.name().to_owned(),
        block: nested.object().map(|object| block(nested.doc(), object)),
        nesting: nesting.into(),
        min_items: items(nested.min_items()),
        max_items: items(nested.max_items()),
    }
}

pub(super) fn attribute(attribute: &Attribute) -> pb::schema::Attribute {
    // Terraform refuses a schema that sets both.
    let (plain, nested) = match &attribute.kind {
        Kind::Plain(plain) => (ty(plain), None),
        Kind::Nested(nesting, object) => (Vec::new(), Some(nested_type(*nesting, object))),
    };
    pb::schema::Attribute {
        name: attribute.name.clone(),
        r#type: plain,
        nested_type: nested,
        description: attribute.doc.clone(),
        description_kind: MARKDOWN,
        required: attribute.required,
        optional: attribute.optional,
        computed: attribute.computed,
        sensitive: attribute.sensitive,
        deprecated: attribute.deprecated.is_some(),
        write_only: attribute.write_only,
    }
}

fn nested_type(nesting: Nesting, object: &Object) -> pb::schema::Object {
    use pb::schema::object::NestingMode;
    let nesting = match nesting {
        Nesting::Single => NestingMode::Single,
        Nesting::List => NestingMode::List,
        Nesting::Set => NestingMode::Set,
        Nesting::Map => NestingMode::Map,
    };
    pb::schema::Object {
        attributes: object.attributes.iter().map(attribute).collect(),
        nesting: nesting.into(),
    }
}

fn parameter(parameter: &Parameter) -> pb::function::Parameter {
    pb::function::Parameter {
        name: parameter.name.clone(),
        r#type: ty(&parameter.ty),
        allow_null_value: parameter.null,
        allow_unknown_values: parameter.unknown,
        description: parameter.doc.clone(),
        description_kind: MARKDOWN,
    }
}

fn ty(ty: &Type) -> Vec<u8> {
    ty.to_json().to_string().into_bytes()
}
