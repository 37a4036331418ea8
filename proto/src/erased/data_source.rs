//! A data source behind values instead of types.

use std::marker::PhantomData;

use super::resource::validate;
use super::{Context, Outcome};
use crate::call::Call;
use crate::convert;
use crate::data_source::DataSource;
use crate::diagnostics::Diagnostics;
use crate::dynamic::Dynamic;
use crate::panics;
use crate::plan::{Unset, settle};
use crate::schema::Schema;

#[tonic::async_trait]
pub(crate) trait AnyDataSource<C>: Send + Sync {
    fn schema(&self) -> &Schema;
    fn validate(&self, config: &Dynamic) -> Diagnostics;
    async fn read(&self, context: Context<C>, config: Dynamic) -> Outcome;
}

pub(crate) struct ErasedDataSource<D> {
    schema: Schema,
    of: PhantomData<fn() -> D>,
}

impl<D> ErasedDataSource<D> {
    pub(crate) fn new<C: Send + Sync + 'static>() -> Self
    where
        D: DataSource<C>,
    {
        Self {
            schema: D::schema(),
            of: PhantomData,
        }
    }
}

#[tonic::async_trait]
impl<C: Send + Sync + 'static, D: DataSource<C>> AnyDataSource<C> for ErasedDataSource<D> {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn validate(&self, config: &Dynamic) -> Diagnostics {
        validate(&self.schema, config, D::validate)
    }

    async fn read(&self, context: Context<C>, config: Dynamic) -> Outcome {
        let object = &self.schema.object;
        let settled = settle(object, &config, None, Unset::Unknown);
        let model: D::Model = match convert::to_model(&settled) {
            Ok(model) => model,
            Err(error) => return Outcome::failed(Dynamic::Null, error),
        };
        let call = Call::new(context.client, context.stopping);
        let handle = call.handle();
        let result = panics::spawned(async move { D::read(&call, model).await }).await;
        let state = result.and_then(|model| Ok(convert::from_model(object, &model, &settled)?));
        let outcome = match state {
            Ok(state) => Outcome::complete(state),
            Err(reasons) => Outcome::failed(Dynamic::Null, reasons),
        };
        outcome.after(handle.warnings())
    }
}
