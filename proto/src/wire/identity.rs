//! Identities: the attributes of a state that name its object.

use super::tfplugin6 as pb;
use super::{schema, value};
use crate::diagnostics::Diagnostic;
use crate::dynamic::Dynamic;
use crate::path::Path;
use crate::schema::{Attribute, Schema};

/// None where nothing but an id names the objects.
pub(super) fn schema_of(of: &Schema) -> Option<pb::ResourceIdentitySchema> {
    let attributes: Vec<_> = of.identity().map(attribute).collect();
    (!attributes.is_empty()).then_some(pb::ResourceIdentitySchema {
        version: 0,
        identity_attributes: attributes,
    })
}

/// None where the state does not tell the whole of it.
pub(super) fn of(schema: &Schema, state: &Dynamic) -> Option<pb::ResourceIdentityData> {
    let told = |attribute: &Attribute| {
        let name = attribute.name().to_owned();
        let value = state.get(&name).clone();
        value.as_str().is_some().then_some((name, value))
    };
    let identity: Option<_> = schema.identity().map(told).collect();
    let identity = identity
        .map(Dynamic::Map)
        .filter(|_| schema.identity().next().is_some())?;
    Some(pb::ResourceIdentityData {
        identity_data: Some(value::encode(&identity)),
    })
}

/// What an identity names, but otherwise than the state that was found.
pub(super) fn difference(schema: &Schema, named: &Dynamic, state: &Dynamic) -> Option<Diagnostic> {
    let mut names = schema.identity().map(Attribute::name);
    let name = names.find(|name| named.get(name) != state.get(name))?;
    let found = state.get(name).as_str().unwrap_or_default();
    let detail = format!(
        "With these credentials there is only one whose {name} is {found:?}. Write that, or use others."
    );
    let summary = "The identity names an object that is not here";
    Some(Diagnostic::error(summary, detail).at(Path::attribute(name)))
}

fn attribute(attribute: &Attribute) -> pb::resource_identity_schema::IdentityAttribute {
    let described = schema::attribute(attribute);
    pb::resource_identity_schema::IdentityAttribute {
        name: described.name,
        r#type: described.r#type,
        required_for_import: true,
        optional_for_import: false,
        description: attribute.summary().to_owned(),
    }
}
