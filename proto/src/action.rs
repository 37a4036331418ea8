//! Actions: what Terraform can be asked to do without changing its state, from Terraform 1.14 on.

use std::future::Future;

use tokio::sync::mpsc::UnboundedSender;

use crate::call::Call;
use crate::diagnostics::Diagnostics;
use crate::model::Model;
use crate::schema::Schema;

/// An action of a provider with client `C`.
pub trait Action<C: Send + Sync + 'static>: Send + Sync + 'static {
    /// One field per attribute and block of the schema.
    type Model: Model;

    /// The type name without the provider's: `shake` of `pantry_shake`.
    const NAME: &'static str;

    fn schema() -> Schema;

    /// Checks that concern more than one attribute. Pure; any value may be unknown.
    fn validate(config: &Self::Model) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Does it. The configuration is wholly known.
    fn invoke(
        call: &Call<C, Self::Model>,
        config: Self::Model,
        progress: &Progress,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;
}

/// Tells the user how far an action has come.
#[derive(Clone)]
pub struct Progress(pub(crate) UnboundedSender<String>);

impl Progress {
    /// Whether anybody still listens does not matter.
    pub fn say(&self, message: impl Into<String>) {
        let _ = self.0.send(message.into());
    }
}
