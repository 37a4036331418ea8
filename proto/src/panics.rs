//! A panic in a provider's code is a diagnostic, not the end of the process.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// Runs a synchronous hook.
pub(crate) fn caught<T>(hook: impl FnOnce() -> T) -> Result<T, Diagnostics> {
    catch_unwind(AssertUnwindSafe(hook)).map_err(|cause| Diagnostic::panic(cause.as_ref()).into())
}

/// Runs an asynchronous hook in a task of its own: if Terraform drops the call, the work still ends
/// in order.
pub(crate) async fn spawned<T: Send + 'static>(
    hook: impl Future<Output = Result<T, Diagnostics>> + Send + 'static,
) -> Result<T, Diagnostics> {
    match tokio::spawn(hook).await {
        Ok(outcome) => outcome,
        Err(error) => match error.try_into_panic() {
            Ok(cause) => Err(Diagnostic::panic(cause.as_ref()).into()),
            Err(_) => Err(Diagnostic::error(
                "Operation cut off",
                "The provider is shutting down; run Terraform again.",
            )
            .into()),
        },
    }
}

/// Keeps panics to one line in the log, whatever RUST_BACKTRACE says: what users see is the
/// diagnostic.
pub(crate) fn quiet() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        crate::log::line(&format!("the provider panicked at {place}"));
    }));
}
