//! Calls about looking for a resource's objects.

use std::sync::Arc;

use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use super::service::Service;
use super::tfplugin6::{list_resource, validate_list_resource_config};
use super::{identity, value};
use crate::diagnostics::Diagnostics;
use crate::dynamic::Dynamic;
use crate::erased::{AnyList, AnyResource, Context, Outcome};
use crate::provider::Provider;

/// How many objects may wait for Terraform to take them.
const WAITING: usize = 16;

pub(super) type Events = ReceiverStream<Result<list_resource::Event, Status>>;

/// One search.
struct Search<C> {
    resource: Arc<dyn AnyResource<C>>,
    list: Arc<dyn AnyList<C>>,
    context: Context<C>,
    query: Dynamic,
    with_object: bool,
    limit: usize,
}

impl<P: Provider> Service<P> {
    pub(super) fn validate_list(
        &self,
        request: &validate_list_resource_config::Request,
    ) -> validate_list_resource_config::Response {
        let found = self.list_of(&request.type_name).and_then(|list| {
            let query = value::decode(&list.query().object, request.config.as_ref())?;
            Ok(list.validate(&query))
        });
        validate_list_resource_config::Response {
            diagnostics: value::diagnostics(found.unwrap_or_else(|error| error)),
        }
    }

    pub(super) fn list(&self, request: &list_resource::Request) -> Events {
        let (sender, receiver) = mpsc::channel(WAITING);
        let search = self.search(request);
        tokio::spawn(async move {
            let said = match search {
                Ok(search) => search.run(&sender).await,
                Err(reasons) => Err(reasons),
            };
            if let Err(reasons) = said {
                send(&sender, failed(reasons)).await;
            }
        });
        ReceiverStream::new(receiver)
    }

    fn search(&self, request: &list_resource::Request) -> Result<Search<P::Client>, Diagnostics> {
        let list = self.list_of(&request.type_name)?;
        Ok(Search {
            query: value::decode(&list.query().object, request.config.as_ref())?,
            resource: self.resource(&request.type_name)?,
            context: self.context()?,
            with_object: request.include_resource_object,
            // Terraform sends its own default, 100, where the user sets none.
            limit: usize::try_from(request.limit).unwrap_or_default(),
            list,
        })
    }
}

impl<C: Send + Sync + 'static> Search<C> {
    async fn run(
        self,
        sender: &Sender<Result<list_resource::Event, Status>>,
    ) -> Result<(), Diagnostics> {
        let ids = self
            .list
            .list(self.context.clone(), self.query.clone())
            .await?;
        for id in ids.into_iter().take(self.limit) {
            let event = match self.found(&id).await {
                Ok(found) => found,
                Err(reasons) => Some(failed(reasons)),
            };
            if let Some(event) = event
                && !send(sender, event).await
            {
                break;
            }
        }
        Ok(())
    }

    /// None where the object has gone since.
    async fn found(&self, id: &str) -> Result<Option<list_resource::Event>, Diagnostics> {
        let mut outcome = self
            .resource
            .import(self.context.clone(), id.to_owned())
            .await;
        if self.with_object && !outcome.diagnostics.has_errors() {
            outcome = self
                .resource
                .read(self.context.clone(), outcome.state)
                .await;
        }
        let Outcome { state, diagnostics } = outcome;
        if diagnostics.has_errors() {
            return Err(diagnostics);
        }
        let event = |identity| list_resource::Event {
            identity: Some(identity),
            display_name: id.to_owned(),
            resource_object: self.with_object.then(|| value::encode(&state)),
            diagnostic: value::diagnostics(diagnostics),
        };
        Ok(identity::of(self.resource.schema(), &state).map(event))
    }
}

fn failed(reasons: Diagnostics) -> list_resource::Event {
    list_resource::Event {
        diagnostic: value::diagnostics(reasons),
        ..Default::default()
    }
}

/// Whether Terraform still listens.
async fn send(
    sender: &Sender<Result<list_resource::Event, Status>>,
    event: list_resource::Event,
) -> bool {
    sender.send(Ok(event)).await.is_ok()
}
