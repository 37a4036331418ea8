//! The catalog role: through it the function of a hub in another account looks at services and makes tables in this one.

use tfplugin::{Diagnostic, Path, Value};

use super::{
    Model,
    names::Names,
    parts::{Found, Parts},
    workgroup,
};
use crate::aws::{Boundary, Role, Tags, is_ours};
use crate::documents;

/// Only the hub's function may use the role, and only to look at this region, to make tables in it, and to save queries in the
/// workgroup that is made here.
pub(super) fn part(names: &Names, name: String, model: &Model, tags: &Tags) -> Role {
    let function = model.hub_function_role_arn.as_str().unwrap_or_default();
    let workgroup = workgroup::planned_arn(model, Some(names));
    Role {
        region: names.region.clone(),
        name,
        trust: documents::trust_function(function, model.external_id.as_str()),
        policy: Some(documents::member(
            &names.region,
            &names.account,
            workgroup.as_str(),
        )),
        boundary: Boundary::Theirs,
        added: Vec::new(),
        tags: tags.clone(),
    }
}

/// Whose role it is to be has to be said; where none is made, nothing of it can be.
pub(super) fn wrong(config: &Model) -> Option<Diagnostic> {
    let is_made = match config.create_catalog_role {
        Value::Unknown => return None,
        Value::Known(is_made) => is_made,
        Value::Null => false,
    };
    if is_made && config.hub_function_role_arn.is_null() {
        let summary = "Nobody could use the catalog role";
        let next = "Set hub_function_role_arn to the function_role_arn of the hub, or leave create_catalog_role out.";
        return Some(Diagnostic::error(summary, next).at(Path::attribute("hub_function_role_arn")));
    }
    let unused = [
        ("hub_function_role_arn", &config.hub_function_role_arn),
        ("external_id", &config.external_id),
    ];
    let (attribute, _) = unused
        .into_iter()
        .find(|(_, value)| !is_made && value.is_known())?;
    let summary = format!("{attribute} would have no effect");
    let next = format!(
        "It is for the catalog role. Set create_catalog_role to true, or leave {attribute} out."
    );
    Some(Diagnostic::error(summary, next).at(Path::attribute(attribute)))
}

pub(super) fn planned_arn(planned: &Model, names: Option<&Names>) -> Value<String> {
    match planned.create_catalog_role {
        Value::Known(true) => names
            .and_then(Names::catalog_role_arn)
            .map_or(Value::Unknown, Value::Known),
        Value::Unknown => Value::Unknown,
        _ => Value::Null,
    }
}

/// Whom the role lets in says its trust policy, unless somebody else wrote that: then the role itself has changed.
pub(super) fn show(model: &mut Model, parts: &Parts, found: &Found) {
    let ours = |role: &&Role| {
        parts
            .catalog_role
            .as_ref()
            .is_some_and(|it| is_ours(it, role))
    };
    let role = found.catalog_role.as_ref();
    let role = role.filter(|role| parts.has_catalog_role || ours(role));
    if let Some((function, external_id)) =
        role.and_then(|it| documents::trusted_function(&it.trust))
    {
        model.hub_function_role_arn = function.into();
        model.external_id = external_id.into();
    }
    model.create_catalog_role = (parts.has_catalog_role || role.is_some()).into();
    model.catalog_role_arn = role.and_then(|_| parts.names.catalog_role_arn()).into();
}
