//! The search for a resource's objects, behind values instead of types.

use std::marker::PhantomData;

use super::Context;
use super::resource::validate;
use crate::call::Call;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::dynamic::Dynamic;
use crate::list::List;
use crate::panics;
use crate::plan::{Unset, settle};
use crate::schema::Schema;

#[tonic::async_trait]
pub(crate) trait AnyList<C>: Send + Sync {
    fn query(&self) -> &Schema;
    fn validate(&self, query: &Dynamic) -> Diagnostics;
    async fn list(&self, context: Context<C>, query: Dynamic) -> Result<Vec<String>, Diagnostics>;
}

pub(crate) struct ErasedList<R> {
    query: Schema,
    of: PhantomData<fn() -> R>,
}

impl<R> ErasedList<R> {
    pub(crate) fn new<C: Send + Sync + 'static>() -> Self
    where
        R: List<C>,
    {
        Self {
            query: R::query(),
            of: PhantomData,
        }
    }
}

#[tonic::async_trait]
impl<C: Send + Sync + 'static, R: List<C>> AnyList<C> for ErasedList<R> {
    fn query(&self) -> &Schema {
        &self.query
    }

    fn validate(&self, query: &Dynamic) -> Diagnostics {
        validate(&self.query, query, |_: &R::Query| Diagnostics::new())
    }

    async fn list(&self, context: Context<C>, query: Dynamic) -> Result<Vec<String>, Diagnostics> {
        let settled = settle(&self.query.object, &query, None, Unset::Unknown);
        let query: R::Query = convert::to_model(&settled)?;
        let call = Call::new(context.client, context.stopping);
        panics::spawned(async move { R::list(&call, query).await }).await
    }
}
