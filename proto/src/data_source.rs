//! Data sources: what Terraform only reads.

use std::future::Future;

use crate::call::Call;
use crate::diagnostics::Diagnostics;
use crate::model::Model;
use crate::schema::Schema;

/// A data source of a provider with client `C`.
pub trait DataSource<C: Send + Sync + 'static>: Send + Sync + 'static {
    /// One field per attribute and block of the schema.
    type Model: Model;

    /// The type name without the provider's: `shelf` of `pantry_shelf`.
    const NAME: &'static str;

    fn schema() -> Schema;

    /// Checks that concern more than one attribute. Pure; any value may be unknown.
    fn validate(config: &Self::Model) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Fills in what is computed. The configuration is wholly known and holds the defaults already.
    fn read(
        call: &Call<C, Self::Model>,
        config: Self::Model,
    ) -> impl Future<Output = Result<Self::Model, Diagnostics>> + Send;
}
