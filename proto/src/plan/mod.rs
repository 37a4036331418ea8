//! From configuration and prior state to a plan.
//!
//! 1. *Settle*: what is configured, else the default, else what the prior state holds; unknown when
//!    there is no prior.
//! 2. Run the resource's hook. If prior state comes out, nothing changes and the plan is the prior
//!    state, exactly.
//! 3. Otherwise an update is coming, which may change what is computed: settle again, with every
//!    computed value unknown unless it has a default or `keeps`, and run the hook from there.
//! 4. If an attribute that `replaces` changed, the object will be made anew: plan as for a create.
//!
//! Terraform also sends the state it proposes; it follows from the other two, so it is not looked
//! at.

mod contradiction;
mod elements;
mod replace;
mod settle;

use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::dynamic::Dynamic;
use crate::panics;
use crate::path::Path;
use crate::resource::{Plan, Resource};
use crate::schema::Object;

pub(crate) use self::settle::{Unset, settle};

pub(crate) struct Planned {
    pub(crate) state: Dynamic,
    pub(crate) replace: Vec<Path>,
    pub(crate) warnings: Diagnostics,
}

pub(crate) fn plan<C, R>(
    object: &Object,
    client: &C,
    prior: Option<&Dynamic>,
    config: &Dynamic,
) -> Result<Planned, Diagnostics>
where
    C: Send + Sync + 'static,
    R: Resource<C>,
{
    let attempt = |prior, unset| attempt::<C, R>(object, client, prior, config, unset);
    let Some(existing) = prior else {
        return attempt(None, Unset::Unknown);
    };
    let calm = attempt(prior, Unset::Prior)?;
    if calm.state == *existing && calm.replace.is_empty() {
        return Ok(calm);
    }
    let mut changed = attempt(prior, Unset::Unknown)?;
    changed
        .replace
        .extend(replace::changed(object, existing, &changed.state));
    if changed.replace.is_empty() {
        return Ok(changed);
    }
    let anew = attempt(None, Unset::Unknown)?;
    Ok(Planned {
        replace: changed.replace,
        ..anew
    })
}

/// Settles, runs the hook and checks what it made.
fn attempt<C, R>(
    object: &Object,
    client: &C,
    prior: Option<&Dynamic>,
    config: &Dynamic,
    unset: Unset,
) -> Result<Planned, Diagnostics>
where
    C: Send + Sync + 'static,
    R: Resource<C>,
{
    let settled = settle(object, config, prior, unset);
    let mut plan = Plan::<R::Model> {
        prior: prior.map(convert::to_model).transpose()?,
        config: convert::to_model(config)?,
        planned: convert::to_model(&settled)?,
        replace: Vec::new(),
        warnings: Diagnostics::new(),
    };
    panics::caught(|| R::plan(client, &mut plan))??;
    let state = convert::from_model(object, &plan.planned, &settled)?;
    if let Some(path) = contradiction::find(object, config, prior, &state) {
        return Err(contradicted(path).into());
    }
    Ok(Planned {
        state,
        replace: plan.replace,
        warnings: plan.warnings,
    })
}

fn contradicted(path: Path) -> Diagnostic {
    let what =
        format!("The provider planned another value for {path} than the configuration gives.");
    Diagnostic::bug(what).at(path)
}
