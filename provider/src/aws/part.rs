//! A part: one AWS object as a plain value. What is wanted and what AWS holds have the same type, so drift is `!=`.

use tfplugin::{Diagnostic, Diagnostics};

use super::tags::{user_tags, with_own_tags};
use super::{Aws, Failure, OWNER_TAG, Tags, retry::until};

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

/// Makes AWS hold the part. What is new is looked at again: AWS shows it late, and somebody else may have been faster.
pub(crate) async fn make<P: Part>(part: &P, aws: &Aws, found: Option<&P>) -> Result<(), Failure> {
    part.make(aws, found).await?;
    if found.is_some() {
        return Ok(());
    }
    let made = until("look", &part.label(), || part.look(aws)).await?;
    if is_ours(part, &made) {
        return Ok(());
    }
    let reason = "Somebody else made it at the same moment; it is theirs. Choose another name.";
    Err(Failure::odd("make", &part.label(), reason))
}

/// Removes what AWS holds of the part, where it is ours.
pub(crate) async fn remove<P: Part>(part: &P, aws: &Aws, found: Option<&P>) -> Result<(), Failure> {
    match found {
        Some(found) if is_ours(part, found) => part.remove(aws).await,
        _ => Ok(()),
    }
}

/// Whether the object belongs to the same hub or forwarder: the id of its owner is on it.
pub(crate) fn is_ours<P: Part>(wanted: &P, found: &P) -> bool {
    found.tags().get(OWNER_TAG) == wanted.tags().get(OWNER_TAG)
}

/// Refuses to take over an object that somebody else made. Leftovers of the same hub or forwarder are ours.
pub(crate) fn refuse<P: Part>(wanted: &P, found: Option<&P>, next: &str) -> Diagnostics {
    match found {
        Some(found) if !is_ours(wanted, found) => {
            let owner = wanted
                .tags()
                .get(OWNER_TAG)
                .map(String::as_str)
                .unwrap_or_default();
            Diagnostic::error(
                format!("The {} exists already", wanted.label()),
                format!(
                    "It does not carry the tag {OWNER_TAG} = {owner}, so it is left as it is. {next} \
                     To have it managed here all the same, put that tag on it."
                ),
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
