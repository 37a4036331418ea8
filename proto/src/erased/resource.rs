//! A resource behind values instead of types.

use std::marker::PhantomData;

use serde_json::Value as Json;

use super::{Context, Outcome, apply};
use crate::call::Call;
use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::dynamic::{Dynamic, json};
use crate::panics;
use crate::plan::{self, Planned};
use crate::resource::{Moved, Resource};
use crate::schema::{Missing, Schema};

#[tonic::async_trait]
pub(crate) trait AnyResource<C>: Send + Sync {
    fn schema(&self) -> &Schema;
    fn validate(&self, config: &Dynamic) -> Diagnostics;
    fn plan(
        &self,
        client: &C,
        prior: Option<&Dynamic>,
        config: &Dynamic,
    ) -> Result<Planned, Diagnostics>;
    async fn create(&self, context: Context<C>, planned: Dynamic, config: Dynamic) -> Outcome;
    async fn update(
        &self,
        context: Context<C>,
        prior: Dynamic,
        planned: Dynamic,
        config: Dynamic,
    ) -> Outcome;
    async fn delete(&self, context: Context<C>, prior: Dynamic) -> Outcome;
    async fn read(&self, context: Context<C>, prior: Dynamic) -> Outcome;
    async fn import(&self, context: Context<C>, id: String) -> Outcome;
    /// The id of what has this identity.
    fn id_of(&self, identity: Dynamic) -> Result<String, Diagnostics>;
    /// Reads stored state; `state` is JSON text of the given version.
    fn upgrade(&self, version: u64, state: &[u8]) -> Result<Dynamic, Diagnostics>;
    fn adopt(&self, source: Moved) -> Result<Dynamic, Diagnostics>;
}

pub(crate) struct ErasedResource<R> {
    schema: Schema,
    of: PhantomData<fn() -> R>,
}

impl<R> ErasedResource<R> {
    pub(crate) fn new<C: Send + Sync + 'static>() -> Self
    where
        R: Resource<C>,
    {
        Self {
            schema: R::schema(),
            of: PhantomData,
        }
    }

    /// A state that a hook made: wholly known, or else null where it is not.
    fn stored(
        &self,
        value: &impl serde::Serialize,
        given: &Dynamic,
    ) -> Result<Dynamic, Diagnostic> {
        convert::from_model(&self.schema.object, value, given).map(convert::without_unknowns)
    }

    fn decoded(&self, state: &[u8]) -> Result<Dynamic, Diagnostics> {
        let unreadable = |reason| {
            Diagnostic::error(
                "Stored state cannot be read",
                format!("The state is damaged: {reason}."),
            )
        };
        let state = json::decode(state).map_err(unreadable)?;
        Ok(self.schema.object.conform(state, Missing::Dropped)?)
    }
}

#[tonic::async_trait]
impl<C: Send + Sync + 'static, R: Resource<C>> AnyResource<C> for ErasedResource<R> {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn validate(&self, config: &Dynamic) -> Diagnostics {
        validate(&self.schema, config, R::validate)
    }

    fn plan(
        &self,
        client: &C,
        prior: Option<&Dynamic>,
        config: &Dynamic,
    ) -> Result<Planned, Diagnostics> {
        plan::plan::<C, R>(&self.schema.object, client, prior, config)
    }

    async fn create(&self, context: Context<C>, planned: Dynamic, config: Dynamic) -> Outcome {
        apply::create::<C, R>(&self.schema.object, context, planned, &config).await
    }

    async fn update(
        &self,
        context: Context<C>,
        prior: Dynamic,
        planned: Dynamic,
        config: Dynamic,
    ) -> Outcome {
        apply::update::<C, R>(&self.schema.object, context, prior, planned, &config).await
    }

    async fn delete(&self, context: Context<C>, prior: Dynamic) -> Outcome {
        apply::delete::<C, R>(&self.schema.object, context, prior).await
    }

    async fn read(&self, context: Context<C>, prior: Dynamic) -> Outcome {
        let model: R::Model = match convert::to_model(&prior) {
            Ok(model) => model,
            Err(error) => return Outcome::failed(prior, error),
        };
        let call = Call::new(context.client, context.stopping);
        let handle = call.handle();
        let found = panics::spawned(async move { R::read(&call, model).await }).await;
        let outcome = match found {
            Ok(None) => Outcome::done(Dynamic::Null),
            Ok(Some(model)) => match self.stored(&model, &prior) {
                Ok(state) => Outcome::done(state),
                Err(error) => Outcome::failed(prior, error),
            },
            Err(reasons) => Outcome::failed(prior, reasons),
        };
        outcome.after(handle.warnings())
    }

    async fn import(&self, context: Context<C>, id: String) -> Outcome {
        let call = Call::new(context.client, context.stopping);
        let handle = call.handle();
        let found = panics::spawned(async move { R::import(&call, &id).await }).await;
        let state = found.and_then(|model| Ok(self.stored(&model, &Dynamic::Null)?));
        let outcome = match state {
            Ok(state) => Outcome::done(state),
            Err(reasons) => Outcome::failed(Dynamic::Null, reasons),
        };
        outcome.after(handle.warnings())
    }

    fn id_of(&self, identity: Dynamic) -> Result<String, Diagnostics> {
        let object = &self.schema.object;
        let named = object.conform(identity, Missing::Dropped)?;
        let wrong = object.validate(&named);
        if wrong.has_errors() {
            return Err(wrong);
        }
        let model: R::Model = convert::to_model(&named)?;
        panics::caught(|| R::id_of(&model))?
    }

    fn upgrade(&self, version: u64, state: &[u8]) -> Result<Dynamic, Diagnostics> {
        let current = self.schema.state_version();
        if version > current {
            let detail = format!(
                "It was stored by a newer version of this provider (schema version {version}, this one knows {current}). \
                 Upgrade the provider."
            );
            return Err(Diagnostic::error("State is too new", detail).into());
        }
        if version == current {
            return self.decoded(state);
        }
        let state: Json = parse(state)?;
        let state = panics::caught(|| R::upgrade(version, state))??;
        self.decoded(state.to_string().as_bytes())
    }

    fn adopt(&self, source: Moved) -> Result<Dynamic, Diagnostics> {
        let state = panics::caught(|| R::adopt(source))??;
        self.decoded(state.to_string().as_bytes())
    }
}

/// The validators of attributes, then the hook. An unfit model is an error; the hook runs only on
/// what fits.
pub(crate) fn validate<M: crate::model::Model>(
    schema: &Schema,
    config: &Dynamic,
    hook: impl FnOnce(&M) -> Diagnostics,
) -> Diagnostics {
    let mut found = schema.object.validate(config);
    if found.has_errors() {
        return found;
    }
    match convert::to_model(config) {
        Ok(model) => found.extend(panics::caught(|| hook(&model)).unwrap_or_else(|panic| panic)),
        Err(error) => found.push(error),
    }
    found
}

/// Never quotes the text: state holds secrets.
pub(crate) fn parse(state: &[u8]) -> Result<Json, Diagnostic> {
    serde_json::from_slice(state).map_err(|_| {
        Diagnostic::error(
            "Stored state cannot be read",
            "The state is no valid JSON; restore it from a backup.",
        )
    })
}
