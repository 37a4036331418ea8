//! The provider itself: its configuration, and the client that everything else works with.

use std::future::Future;

use crate::diagnostics::Diagnostics;
use crate::model::Model;
use crate::schema::Schema;

/// A Terraform provider.
pub trait Provider: Send + Sync + 'static {
    /// The `provider` block, one `Value` per attribute.
    type Config: Model;

    /// What `configure` makes of it, shared by all resources and data sources.
    type Client: Send + Sync + 'static;

    /// The prefix of every type name: `pantry` in `pantry_jar`.
    const NAME: &'static str;

    fn schema() -> Schema;

    /// Checks that concern more than one attribute. Pure; any value may be unknown.
    fn validate(config: &Self::Config) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Makes the client. Values may be unknown while Terraform plans.
    fn configure(
        config: Self::Config,
        terraform_version: &str,
    ) -> impl Future<Output = Result<Self::Client, Diagnostics>> + Send;
}
