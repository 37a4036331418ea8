//! Calls about managed resources.

use super::service::Service;
use super::tfplugin6::{
    self as pb, apply_resource_change, import_resource_state, move_resource_state,
    plan_resource_change, read_resource, upgrade_resource_identity, upgrade_resource_state,
    validate_resource_config,
};
use super::{identity, value};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::dynamic::Dynamic;
use crate::erased::{self, Outcome};
use crate::plan::Planned;
use crate::provider::Provider;
use crate::resource::Moved;

impl<P: Provider> Service<P> {
    pub(super) fn validate_resource(
        &self,
        request: &validate_resource_config::Request,
    ) -> validate_resource_config::Response {
        let found = self.resource(&request.type_name).and_then(|resource| {
            let config = value::decode(&resource.schema().object, request.config.as_ref())?;
            Ok(resource.validate(&config))
        });
        validate_resource_config::Response {
            diagnostics: value::diagnostics(found.unwrap_or_else(|error| error)),
        }
    }

    pub(super) fn upgrade_state(
        &self,
        request: &upgrade_resource_state::Request,
    ) -> upgrade_resource_state::Response {
        let (upgraded_state, diagnostics) = answer(self.try_upgrade(request));
        upgrade_resource_state::Response {
            upgraded_state,
            diagnostics,
        }
    }

    fn try_upgrade(
        &self,
        request: &upgrade_resource_state::Request,
    ) -> Result<Dynamic, Diagnostics> {
        let json = raw_json(request.raw_state.as_ref())?;
        self.resource(&request.type_name)?
            .upgrade(version(request.version), json)
    }

    /// There is one version yet: what was stored is as it should be.
    pub(super) fn upgrade_identity(
        &self,
        request: &upgrade_resource_identity::Request,
    ) -> upgrade_resource_identity::Response {
        let (identity, diagnostics) = answer(self.try_upgrade_identity(request));
        upgrade_resource_identity::Response {
            upgraded_identity: identity.map(|data| pb::ResourceIdentityData {
                identity_data: Some(data),
            }),
            diagnostics,
        }
    }

    fn try_upgrade_identity(
        &self,
        request: &upgrade_resource_identity::Request,
    ) -> Result<Dynamic, Diagnostics> {
        self.resource(&request.type_name)?;
        if request.version > 0 {
            let detail = "It was stored by a newer version of this provider. Upgrade the provider.";
            return Err(Diagnostic::error("Identity is too new", detail).into());
        }
        let stored = pb::DynamicValue {
            json: raw_json(request.raw_identity.as_ref())?.to_vec(),
            ..Default::default()
        };
        Ok(value::decode_untyped(Some(&stored))?)
    }

    /// What names the object that goes back to Terraform: what did before, where nothing was done.
    fn identity(
        &self,
        type_name: &str,
        outcome: &Result<Outcome, Diagnostics>,
        before: Option<&pb::ResourceIdentityData>,
    ) -> Option<pb::ResourceIdentityData> {
        match outcome {
            Ok(outcome) => identity::of(self.resource(type_name).ok()?.schema(), &outcome.state),
            Err(_) => before.cloned(),
        }
    }

    pub(super) async fn read(&self, request: read_resource::Request) -> read_resource::Response {
        let outcome = self.try_read(&request).await;
        let before = request.current_identity.as_ref();
        let new_identity = self.identity(&request.type_name, &outcome, before);
        let (new_state, diagnostics) = kept(outcome, request.current_state);
        read_resource::Response {
            new_state,
            diagnostics,
            private: request.private,
            deferred: None,
            new_identity,
        }
    }

    async fn try_read(&self, request: &read_resource::Request) -> Result<Outcome, Diagnostics> {
        let resource = self.resource(&request.type_name)?;
        let prior = value::decode(&resource.schema().object, request.current_state.as_ref())?;
        if prior.is_null() {
            return Ok(Outcome::done(prior));
        }
        Ok(resource.read(self.context()?, prior).await)
    }

    pub(super) fn plan(
        &self,
        request: plan_resource_change::Request,
    ) -> plan_resource_change::Response {
        match self.try_plan(&request) {
            Ok(planned) => plan_resource_change::Response {
                planned_state: Some(value::encode(&planned.state)),
                requires_replace: planned.replace.iter().map(value::path).collect(),
                planned_private: request.prior_private,
                diagnostics: value::diagnostics(planned.warnings),
                planned_identity: request.prior_identity,
                ..Default::default()
            },
            Err(reasons) => plan_resource_change::Response {
                planned_state: request.prior_state,
                diagnostics: value::diagnostics(reasons),
                ..Default::default()
            },
        }
    }

    fn try_plan(&self, request: &plan_resource_change::Request) -> Result<Planned, Diagnostics> {
        let resource = self.resource(&request.type_name)?;
        let object = &resource.schema().object;
        let prior = value::decode(object, request.prior_state.as_ref())?;
        let config = value::decode(object, request.config.as_ref())?;
        if config.is_null() {
            return Ok(Planned {
                state: Dynamic::Null,
                replace: Vec::new(),
                warnings: Diagnostics::new(),
            });
        }
        let prior = (!prior.is_null()).then_some(&prior);
        resource.plan(&self.context()?.client, prior, &config)
    }

    pub(super) async fn apply(
        &self,
        request: apply_resource_change::Request,
    ) -> apply_resource_change::Response {
        let outcome = self.try_apply(&request).await;
        let before = request.planned_identity.as_ref();
        let new_identity = self.identity(&request.type_name, &outcome, before);
        let (new_state, diagnostics) = kept(outcome, request.prior_state);
        apply_resource_change::Response {
            new_state,
            diagnostics,
            private: request.planned_private,
            new_identity,
            ..Default::default()
        }
    }

    async fn try_apply(
        &self,
        request: &apply_resource_change::Request,
    ) -> Result<Outcome, Diagnostics> {
        let resource = self.resource(&request.type_name)?;
        let object = &resource.schema().object;
        let prior = value::decode(object, request.prior_state.as_ref())?;
        let planned = value::decode(object, request.planned_state.as_ref())?;
        let config = value::decode(object, request.config.as_ref())?;
        let context = self.context()?;
        Ok(match (prior.is_null(), planned.is_null()) {
            (true, true) => Outcome::done(Dynamic::Null),
            (true, false) => resource.create(context, planned, config).await,
            (false, false) => resource.update(context, prior, planned, config).await,
            (false, true) => resource.delete(context, prior).await,
        })
    }

    pub(super) async fn import(
        &self,
        request: import_resource_state::Request,
    ) -> import_resource_state::Response {
        let outcome = self.try_import(&request).await;
        let identity = self.identity(&request.type_name, &outcome, request.identity.as_ref());
        let outcome = outcome.unwrap_or_else(|error| Outcome::failed(Dynamic::Null, error));
        let imported = import_resource_state::ImportedResource {
            type_name: request.type_name,
            state: Some(value::encode(&outcome.state)),
            identity,
            ..Default::default()
        };
        import_resource_state::Response {
            imported_resources: if outcome.state.is_null() {
                Vec::new()
            } else {
                vec![imported]
            },
            diagnostics: value::diagnostics(outcome.diagnostics),
            deferred: None,
        }
    }

    async fn try_import(
        &self,
        request: &import_resource_state::Request,
    ) -> Result<Outcome, Diagnostics> {
        let resource = self.resource(&request.type_name)?;
        let identity = request.identity.as_ref();
        let Some(data) = identity.and_then(|identity| identity.identity_data.as_ref()) else {
            return Ok(resource.import(self.context()?, request.id.clone()).await);
        };
        let named = value::decode_untyped(Some(data))?;
        let id = resource.id_of(named.clone())?;
        let outcome = resource.import(self.context()?, id).await;
        match identity::difference(resource.schema(), &named, &outcome.state) {
            Some(difference) if !outcome.diagnostics.has_errors() => Err(difference.into()),
            _ => Ok(outcome),
        }
    }

    pub(super) fn adopt(
        &self,
        request: move_resource_state::Request,
    ) -> move_resource_state::Response {
        let private = request.source_private.clone();
        let type_name = request.target_type_name.clone();
        let outcome = self.try_adopt(request).map(Outcome::done);
        let target_identity = self.identity(&type_name, &outcome, None);
        let (target_state, diagnostics) = kept(outcome, None);
        move_resource_state::Response {
            target_state,
            diagnostics,
            target_private: private,
            target_identity,
        }
    }

    fn try_adopt(&self, request: move_resource_state::Request) -> Result<Dynamic, Diagnostics> {
        let source = Moved {
            state: erased::parse(raw_json(request.source_state.as_ref())?)?,
            provider_address: request.source_provider_address,
            type_name: request.source_type_name,
            schema_version: version(request.source_schema_version),
        };
        self.resource(&request.target_type_name)?.adopt(source)
    }
}

/// Before anything was done, what there was is still there: it goes back as it came.
fn kept(
    outcome: Result<Outcome, Diagnostics>,
    prior: Option<pb::DynamicValue>,
) -> (Option<pb::DynamicValue>, Vec<pb::Diagnostic>) {
    match outcome {
        Ok(outcome) => (
            Some(value::encode(&outcome.state)),
            value::diagnostics(outcome.diagnostics),
        ),
        Err(reasons) => (prior, value::diagnostics(reasons)),
    }
}

fn answer(result: Result<Dynamic, Diagnostics>) -> (Option<pb::DynamicValue>, Vec<pb::Diagnostic>) {
    match result {
        Ok(state) => (Some(value::encode(&state)), Vec::new()),
        Err(reasons) => (None, value::diagnostics(reasons)),
    }
}

fn raw_json(state: Option<&pb::RawState>) -> Result<&[u8], Diagnostic> {
    state
        .map(|state| state.json.as_slice())
        .filter(|json| !json.is_empty())
        .ok_or_else(|| {
            let detail =
                "It is in the form that Terraform 0.11 used; upgrade it with Terraform 0.12 first.";
            Diagnostic::error("Stored state cannot be read", detail)
        })
}

fn version(version: i64) -> u64 {
    u64::try_from(version).unwrap_or(0)
}
