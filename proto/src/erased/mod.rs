//! Resources, data sources and functions without their types, so that one server can hold many.

mod action;
mod apply;
mod data_source;
mod function;
mod list;
mod resource;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub(crate) use self::action::{AnyAction, ErasedAction};
pub(crate) use self::data_source::{AnyDataSource, ErasedDataSource};
pub(crate) use self::function::{AnyFunction, ErasedFunction};
pub(crate) use self::list::{AnyList, ErasedList};
pub(crate) use self::resource::{AnyResource, ErasedResource, parse, validate};

use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::dynamic::Dynamic;
use crate::path::Path;

/// What every operation needs beside its values.
pub(crate) struct Context<C> {
    pub(crate) client: Arc<C>,
    pub(crate) stopping: Arc<AtomicBool>,
}

impl<C> Clone for Context<C> {
    fn clone(&self) -> Self {
        Self {
            client: Arc::clone(&self.client),
            stopping: Arc::clone(&self.stopping),
        }
    }
}

/// A value, with what there is to say about it.
pub(crate) struct Outcome {
    pub(crate) state: Dynamic,
    pub(crate) diagnostics: Diagnostics,
}

impl Outcome {
    /// A success: the state is wholly known already.
    pub(crate) fn done(state: Dynamic) -> Self {
        Self {
            state,
            diagnostics: Diagnostics::new(),
        }
    }

    /// A success if everything is known. What is not becomes null, so that the object itself is not
    /// lost.
    pub(crate) fn complete(state: Dynamic) -> Self {
        let mut unknown = Vec::new();
        convert::unknowns(&state, &Path::root(), &mut unknown);
        let complaint =
            |path: Path| Diagnostic::bug(format!("The provider left {path} unknown.")).at(path);
        let diagnostics = unknown.into_iter().map(complaint).collect();
        Self {
            state: convert::without_unknowns(state),
            diagnostics,
        }
    }

    /// After a failure: what is known to exist, with the reasons.
    pub(crate) fn failed(state: Dynamic, reasons: impl Into<Diagnostics>) -> Self {
        Self {
            state,
            diagnostics: reasons.into(),
        }
    }

    /// Puts warnings before everything else.
    pub(crate) fn after(mut self, mut warnings: Diagnostics) -> Self {
        warnings.extend(self.diagnostics);
        self.diagnostics = warnings;
        self
    }
}
