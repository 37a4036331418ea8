//! Create, update and delete: whatever happens, Terraform is told what exists afterwards.

use super::{Context, Outcome};
use crate::call::Call;
use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::dynamic::Dynamic;
use crate::panics;
use crate::resource::Resource;
use crate::schema::Object;

/// A failed create leaves what was saved, which Terraform marks as tainted, or nothing.
pub(super) async fn create<C: Send + Sync + 'static, R: Resource<C>>(
    object: &Object,
    context: Context<C>,
    planned: Dynamic,
    config: &Dynamic,
) -> Outcome {
    let model = match planned_model::<R::Model>(object, &planned, config) {
        Ok(model) => model,
        Err(error) => return Outcome::failed(Dynamic::Null, error),
    };
    let call = Call::new(context.client, context.stopping);
    let handle = call.handle();
    let result = panics::spawned(async move { R::create(&call, model).await }).await;
    finished(object, &handle, result, &planned, Dynamic::Null)
}

/// A failed update leaves what was saved, or what was there before.
pub(super) async fn update<C: Send + Sync + 'static, R: Resource<C>>(
    object: &Object,
    context: Context<C>,
    prior: Dynamic,
    planned: Dynamic,
    config: &Dynamic,
) -> Outcome {
    let models = convert::to_model::<R::Model>(&prior)
        .and_then(|prior| Ok((prior, planned_model::<R::Model>(object, &planned, config)?)));
    let (before, after) = match models {
        Ok(models) => models,
        Err(error) => return Outcome::failed(prior, error),
    };
    let call = Call::new(context.client, context.stopping);
    let handle = call.handle();
    let result = panics::spawned(async move { R::update(&call, before, after).await }).await;
    finished(object, &handle, result, &planned, prior)
}

/// A failed delete leaves what was saved, or what was there before: never nothing.
pub(super) async fn delete<C: Send + Sync + 'static, R: Resource<C>>(
    object: &Object,
    context: Context<C>,
    prior: Dynamic,
) -> Outcome {
    let model = match convert::to_model::<R::Model>(&prior) {
        Ok(model) => model,
        Err(error) => return Outcome::failed(prior, error),
    };
    let call = Call::new(context.client, context.stopping);
    let handle = call.handle();
    match panics::spawned(async move { R::delete(&call, model).await }).await {
        Ok(()) => Outcome::done(Dynamic::Null).after(handle.warnings()),
        Err(reasons) => failed(object, &handle, reasons, &prior, prior.clone()),
    }
}

/// What `create` and `update` are given: the plan, and the write-only values that only the
/// configuration has.
fn planned_model<M: crate::model::Model>(
    object: &Object,
    planned: &Dynamic,
    config: &Dynamic,
) -> Result<M, Diagnostic> {
    let mut planned = planned.clone();
    convert::fill_write_only(object, &mut planned, config);
    convert::to_model(&planned)
}

fn finished<C, M: crate::model::Model>(
    object: &Object,
    call: &Call<C, M>,
    result: Result<M, Diagnostics>,
    planned: &Dynamic,
    fallback: Dynamic,
) -> Outcome {
    let state = result.and_then(|model| {
        call.save(&model);
        Ok(convert::from_model(object, &model, planned)?)
    });
    match state {
        Ok(state) => Outcome::complete(state).after(call.warnings()),
        Err(reasons) => failed(object, call, reasons, planned, fallback),
    }
}

fn failed<C, M: crate::model::Model>(
    object: &Object,
    call: &Call<C, M>,
    mut reasons: Diagnostics,
    planned: &Dynamic,
    fallback: Dynamic,
) -> Outcome {
    if !reasons.has_errors() {
        reasons.push(Diagnostic::bug("The operation failed without saying why."));
    }
    let saved = call
        .saved()
        .map(|model| convert::from_model(object, &model, planned))
        .transpose();
    let state = match saved {
        Ok(saved) => saved.map_or(fallback, convert::without_unknowns),
        Err(error) => {
            reasons.push(error);
            fallback
        }
    };
    Outcome::failed(state, reasons).after(call.warnings())
}
