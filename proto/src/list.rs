//! Resources whose objects can be looked for: `terraform query`, from Terraform 1.14 on.

use std::future::Future;

use crate::call::Call;
use crate::diagnostics::Diagnostics;
use crate::model::Model;
use crate::resource::Resource;
use crate::schema::Schema;

/// A resource of which the existing objects can be listed. They need an identity.
pub trait List<C: Send + Sync + 'static>: Resource<C> {
    /// What narrows the search.
    type Query: Model;

    fn query() -> Schema;

    /// The ids of what there is, as `import` takes them.
    fn list(
        call: &Call<C, Self::Query>,
        query: Self::Query,
    ) -> impl Future<Output = Result<Vec<String>, Diagnostics>> + Send;
}
