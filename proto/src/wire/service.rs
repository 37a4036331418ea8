//! The gRPC service: each call goes to the file of its group.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};

use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status};

use super::tfplugin6::provider_server::{self, ProviderServer};
use super::tfplugin6::{
    apply_resource_change, call_function, configure_provider, get_functions, get_metadata,
    get_provider_schema, get_resource_identity_schemas, import_resource_state, invoke_action,
    list_resource, move_resource_state, plan_action, plan_resource_change, read_data_source,
    read_resource, stop_provider, upgrade_resource_identity, upgrade_resource_state,
    validate_action_config, validate_data_resource_config, validate_list_resource_config,
    validate_provider_config, validate_resource_config,
};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::erased::{AnyAction, AnyDataSource, AnyList, AnyResource, Context};
use crate::provider::Provider;
use crate::server::Server;

/// Far above what Terraform sends; its own limit for schemas is 64 MiB.
const MAX_MESSAGE: usize = 256 << 20;

pub(crate) fn provider<P: Provider>(
    server: Server<P>,
) -> ProviderServer<impl provider_server::Provider> {
    let service = Service {
        server,
        client: RwLock::default(),
        stopping: Arc::default(),
    };
    ProviderServer::new(service)
        .max_decoding_message_size(MAX_MESSAGE)
        .max_encoding_message_size(MAX_MESSAGE)
}

/// A provider while it serves.
pub(super) struct Service<P: Provider> {
    pub(super) server: Server<P>,
    client: RwLock<Option<Arc<P::Client>>>,
    pub(super) stopping: Arc<AtomicBool>,
}

impl<P: Provider> Service<P> {
    pub(super) fn resource(
        &self,
        name: &str,
    ) -> Result<Arc<dyn AnyResource<P::Client>>, Diagnostics> {
        let found = self.server.resources.get(name).cloned();
        found.ok_or_else(|| missing("resource type", name))
    }

    pub(super) fn list_of(&self, name: &str) -> Result<Arc<dyn AnyList<P::Client>>, Diagnostics> {
        let found = self.server.lists.get(name).cloned();
        found.ok_or_else(|| missing("list resource", name))
    }

    pub(super) fn action(&self, name: &str) -> Result<Arc<dyn AnyAction<P::Client>>, Diagnostics> {
        let found = self.server.actions.get(name).cloned();
        found.ok_or_else(|| missing("action", name))
    }

    pub(super) fn data_source(
        &self,
        name: &str,
    ) -> Result<&dyn AnyDataSource<P::Client>, Diagnostics> {
        self.server
            .data_sources
            .get(name)
            .map(AsRef::as_ref)
            .ok_or_else(|| missing("data source", name))
    }

    pub(super) fn set_client(&self, client: Arc<P::Client>) {
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = Some(client);
    }

    pub(super) fn context(&self) -> Result<Context<P::Client>, Diagnostics> {
        let client = self
            .client
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let detail = "Terraform used the provider before configuring it; please report this with its log (TF_LOG=debug).";
        let client =
            client.ok_or_else(|| Diagnostic::error("Provider is not configured", detail))?;
        Ok(Context {
            client,
            stopping: Arc::clone(&self.stopping),
        })
    }
}

fn missing(kind: &str, name: &str) -> Diagnostics {
    let detail = format!(
        "This version of the provider has no {kind} {name}; upgrade the provider or remove it."
    );
    Diagnostic::error(format!("Unknown {kind}"), detail).into()
}

/// Writes the calls of the service, each handed to one method; those behind the lone semicolon answer with many messages.
macro_rules! calls {
    (
        $($call:ident => |$service:ident, $request:ident| $answer:expr;)*
        ;
        $($many:ident => |$of:ident, $asked:ident| $answers:expr;)*
    ) => {
        #[tonic::async_trait]
        impl<P: Provider> provider_server::Provider for Service<P> {
            $(async fn $call(
                &self,
                request: Request<$call::Request>,
            ) -> Result<Response<$call::Response>, Status> {
                let ($service, $request) = (self, request.into_inner());
                Ok(Response::new($answer))
            })*
            $(async fn $many(
                &self,
                request: Request<$many::Request>,
            ) -> Result<Response<BoxStream<$many::Event>>, Status> {
                let ($of, $asked) = (self, request.into_inner());
                Ok(Response::new(Box::pin($answers)))
            })*
        }
    };
}

calls! {
    get_metadata => |service, _request| service.metadata();
    get_provider_schema => |service, _request| service.schemas();
    get_resource_identity_schemas => |service, _request| service.identity_schemas();
    get_functions => |service, _request| service.function_list();

    validate_provider_config => |service, request| service.validate_provider(&request);
    configure_provider => |service, request| service.configure(request).await;
    stop_provider => |service, _request| {
        service.stop();
        stop_provider::Response::default()
    };

    validate_resource_config => |service, request| service.validate_resource(&request);
    upgrade_resource_state => |service, request| service.upgrade_state(&request);
    upgrade_resource_identity => |service, request| service.upgrade_identity(&request);
    read_resource => |service, request| service.read(request).await;
    plan_resource_change => |service, request| service.plan(request);
    apply_resource_change => |service, request| service.apply(request).await;
    import_resource_state => |service, request| service.import(request).await;
    move_resource_state => |service, request| service.adopt(request);

    validate_data_resource_config => |service, request| service.validate_data_source(&request);
    read_data_source => |service, request| service.read_data(request).await;
    call_function => |service, request| service.call(&request);

    validate_list_resource_config => |service, request| service.validate_list(&request);
    validate_action_config => |service, request| service.validate_action(&request);
    plan_action => |service, request| service.plan_action(&request);

    ;
    list_resource => |service, request| service.list(&request);
    invoke_action => |service, request| service.invoke(&request);
}
