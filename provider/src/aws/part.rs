//! A part: one AWS object as a plain value. What is wanted and what AWS holds have the same type, so drift is `!=`.

use tfplugin::{Diagnostic, Diagnostics};

use super::tags::{user_tags, with_own_tags};
use super::{Aws, Failure, OWNER_TAG, Tags};

/// One AWS object that a resource is made of.
pub(crate) trait Part: Sized + PartialEq + Sync {
    /// What people call it, with its name: "event bus log-enablement-bus".
    fn label(&self) -> String;

    fn tags(&self) -> &Tags;

    /// The same part with other tags.
    fn tagged(&self, tags: Tags) -> Self;

    /// What AWS holds under this name now; `None` when there is nothing.
    fn look(&self, aws: &Aws) -> impl Future<Output = Result<Option<Self>, Failure>> + Send;

    /// Makes AWS hold exactly this, given what it was found to hold. What is right already is not written.
    fn make(
        &self,
        aws: &Aws,
        found: Option<&Self>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Removes it; nothing there is success.
    fn remove(&self, aws: &Aws) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Refuses to take over an object that somebody else made. Leftovers of the same hub or forwarder (its id is on them) are ours.
pub(crate) fn refuse<P: Part>(wanted: &P, found: Option<&P>, next: &str) -> Diagnostics {
    match found {
        Some(found) if found.tags().get(OWNER_TAG) != wanted.tags().get(OWNER_TAG) => {
            Diagnostic::error(
                format!("The {} exists already", wanted.label()),
                format!("It was not made by this resource, so it is left as it is. {next}"),
            )
            .into()
        }
        _ => Diagnostics::default(),
    }
}

/// Whether AWS holds what is wanted. The user's tags are an attribute of their own, so only ours count here.
pub(crate) fn same<P: Part>(wanted: &P, found: Option<&P>) -> bool {
    found.is_some_and(|found| {
        wanted.tagged(with_own_tags(user_tags(found.tags()), wanted.tags())) == *found
    })
}
