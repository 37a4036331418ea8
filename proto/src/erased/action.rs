//! An action behind values instead of types.

use std::marker::PhantomData;

use super::Context;
use super::resource::validate;
use crate::action::{Action, Progress};
use crate::call::Call;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::dynamic::Dynamic;
use crate::panics;
use crate::plan::{Unset, settle};
use crate::schema::Schema;

#[tonic::async_trait]
pub(crate) trait AnyAction<C>: Send + Sync {
    fn schema(&self) -> &Schema;
    fn validate(&self, config: &Dynamic) -> Diagnostics;
    /// What there is to say afterwards, be it of a success.
    async fn invoke(&self, context: Context<C>, config: Dynamic, progress: Progress)
    -> Diagnostics;
}

pub(crate) struct ErasedAction<A> {
    schema: Schema,
    of: PhantomData<fn() -> A>,
}

impl<A> ErasedAction<A> {
    pub(crate) fn new<C: Send + Sync + 'static>() -> Self
    where
        A: Action<C>,
    {
        Self {
            schema: A::schema(),
            of: PhantomData,
        }
    }
}

#[tonic::async_trait]
impl<C: Send + Sync + 'static, A: Action<C>> AnyAction<C> for ErasedAction<A> {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn validate(&self, config: &Dynamic) -> Diagnostics {
        validate(&self.schema, config, A::validate)
    }

    async fn invoke(
        &self,
        context: Context<C>,
        config: Dynamic,
        progress: Progress,
    ) -> Diagnostics {
        let settled = settle(&self.schema.object, &config, None, Unset::Unknown);
        let model: A::Model = match convert::to_model(&settled) {
            Ok(model) => model,
            Err(error) => return error.into(),
        };
        let call = Call::new(context.client, context.stopping);
        let handle = call.handle();
        let done = panics::spawned(async move { A::invoke(&call, model, &progress).await }).await;
        let mut said = handle.warnings();
        said.extend(done.err().unwrap_or_default());
        said
    }
}
