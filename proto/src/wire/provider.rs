//! Calls about the provider itself: what there is, its configuration, and stopping it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::service::Service;
use super::tfplugin6::{
    self as pb, configure_provider, get_metadata, get_provider_schema,
    get_resource_identity_schemas, validate_provider_config,
};
use super::{identity, schema, value};
use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::panics;
use crate::provider::Provider;

const CAPABILITIES: pb::ServerCapabilities = pb::ServerCapabilities {
    plan_destroy: false,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: false,
};

impl<P: Provider> Service<P> {
    pub(super) fn metadata(&self) -> get_metadata::Response {
        let resource = |type_name: &String| get_metadata::ResourceMetadata {
            type_name: type_name.clone(),
        };
        let data_source = |type_name: &String| get_metadata::DataSourceMetadata {
            type_name: type_name.clone(),
        };
        let function = |name: &String| get_metadata::FunctionMetadata { name: name.clone() };
        let list = |type_name: &String| get_metadata::ListResourceMetadata {
            type_name: type_name.clone(),
        };
        let action = |type_name: &String| get_metadata::ActionMetadata {
            type_name: type_name.clone(),
        };
        get_metadata::Response {
            server_capabilities: Some(CAPABILITIES),
            resources: self.server.resources.keys().map(resource).collect(),
            data_sources: self.server.data_sources.keys().map(data_source).collect(),
            functions: self.server.functions.keys().map(function).collect(),
            list_resources: self.server.lists.keys().map(list).collect(),
            actions: self.server.actions.keys().map(action).collect(),
            ..Default::default()
        }
    }

    pub(super) fn schemas(&self) -> get_provider_schema::Response {
        let named = |(name, of): (&str, _)| (name.to_owned(), schema::schema(of));
        let action = |(name, of): (&str, _)| {
            let schema = Some(schema::schema(of));
            (name.to_owned(), pb::ActionSchema { schema })
        };
        let problems = self.server.problems().into_iter();
        let problems = problems
            .map(|problem| Diagnostic::bug(format!("Invalid schema, {problem}.")))
            .collect();
        get_provider_schema::Response {
            provider: Some(schema::schema(&self.server.schema)),
            resource_schemas: self.server.resource_schemas().map(named).collect(),
            data_source_schemas: self.server.data_source_schemas().map(named).collect(),
            functions: self.functions(),
            list_resource_schemas: self.server.list_schemas().map(named).collect(),
            action_schemas: self.server.action_schemas().map(action).collect(),
            server_capabilities: Some(CAPABILITIES),
            diagnostics: value::diagnostics(problems),
            ..Default::default()
        }
    }

    pub(super) fn identity_schemas(&self) -> get_resource_identity_schemas::Response {
        let resources = self.server.resource_schemas();
        let named = |(name, of): (&str, _)| Some((name.to_owned(), identity::schema_of(of)?));
        get_resource_identity_schemas::Response {
            identity_schemas: resources.filter_map(named).collect(),
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn validate_provider(
        &self,
        request: &validate_provider_config::Request,
    ) -> validate_provider_config::Response {
        let object = &self.server.schema.object;
        let found = value::decode(object, request.config.as_ref())
            .map_or_else(Diagnostics::from, |config| {
                crate::erased::validate(&self.server.schema, &config, P::validate)
            });
        validate_provider_config::Response {
            diagnostics: value::diagnostics(found),
        }
    }

    pub(super) async fn configure(
        &self,
        request: configure_provider::Request,
    ) -> configure_provider::Response {
        let diagnostics = self.try_configure(request).await.err().unwrap_or_default();
        configure_provider::Response {
            diagnostics: value::diagnostics(diagnostics),
        }
    }

    async fn try_configure(&self, request: configure_provider::Request) -> Result<(), Diagnostics> {
        let object = &self.server.schema.object;
        let config = value::decode(object, request.config.as_ref())?;
        let settled = crate::plan::settle(object, &config, None, crate::plan::Unset::Unknown);
        let config: P::Config = convert::to_model(&settled)?;
        let configured =
            panics::spawned(async move { P::configure(config, &request.terraform_version).await })
                .await?;
        self.set_client(Arc::new(configured));
        Ok(())
    }

    /// Running operations end by themselves; they may ask whether to hurry.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }
}
