//! Calls about actions.

use tokio::sync::mpsc::{self, UnboundedSender};
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::Status;

use super::service::Service;
use super::tfplugin6::invoke_action::{self, event};
use super::tfplugin6::{plan_action, validate_action_config};
use super::value;
use crate::action::Progress;
use crate::diagnostics::Diagnostics;
use crate::provider::Provider;

pub(super) type Events = UnboundedReceiverStream<Result<invoke_action::Event, Status>>;

impl<P: Provider> Service<P> {
    pub(super) fn validate_action(
        &self,
        request: &validate_action_config::Request,
    ) -> validate_action_config::Response {
        let found = self.action(&request.type_name).and_then(|action| {
            let config = value::decode(&action.schema().object, request.config.as_ref())?;
            Ok(action.validate(&config))
        });
        validate_action_config::Response {
            diagnostics: value::diagnostics(found.unwrap_or_else(|error| error)),
        }
    }

    /// A plan only says that it will be done.
    pub(super) fn plan_action(&self, request: &plan_action::Request) -> plan_action::Response {
        let found = self.action(&request.action_type).err().unwrap_or_default();
        plan_action::Response {
            diagnostics: value::diagnostics(found),
            deferred: None,
        }
    }

    /// The work goes on to its end, whether Terraform listens or not.
    pub(super) fn invoke(&self, request: &invoke_action::Request) -> Events {
        let (events, receiver) = mpsc::unbounded_channel();
        match self.try_invoke(request, events.clone()) {
            Ok(()) => {}
            Err(reasons) => send(&events, completed(reasons)),
        }
        UnboundedReceiverStream::new(receiver)
    }

    fn try_invoke(
        &self,
        request: &invoke_action::Request,
        events: UnboundedSender<Result<invoke_action::Event, Status>>,
    ) -> Result<(), Diagnostics> {
        let action = self.action(&request.action_type)?;
        let config = value::decode(&action.schema().object, request.config.as_ref())?;
        let context = self.context()?;
        let (progress, mut said) = mpsc::unbounded_channel();
        let all = events.clone();
        let told = tokio::spawn(async move {
            while let Some(message) = said.recv().await {
                send(&all, event::Type::Progress(event::Progress { message }));
            }
        });
        tokio::spawn(async move {
            let reasons = action.invoke(context, config, Progress(progress)).await;
            // What was said on the way comes before the end.
            let _ = told.await;
            send(&events, completed(reasons));
        });
        Ok(())
    }
}

fn completed(reasons: Diagnostics) -> event::Type {
    event::Type::Completed(event::Completed {
        diagnostics: value::diagnostics(reasons),
    })
}

/// Nobody may listen any more.
fn send(events: &UnboundedSender<Result<invoke_action::Event, Status>>, what: event::Type) {
    let _ = events.send(Ok(invoke_action::Event { r#type: Some(what) }));
}
