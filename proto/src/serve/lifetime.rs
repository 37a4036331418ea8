//! When to end: when asked, or when Terraform is gone, but never at a signal in the middle of an
//! operation.

use std::os::unix::process::parent_id;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long a provider may outlive a Terraform that was killed.
const WATCH: Duration = Duration::from_millis(500);

/// The process that started this one.
pub(super) struct Parent(u32);

impl Parent {
    pub(super) fn now() -> Self {
        Self(parent_id())
    }

    /// Returns when it has ended: the kernel then gives this process another parent.
    pub(super) async fn gone(&self) {
        while parent_id() == self.0 {
            tokio::time::sleep(WATCH).await;
        }
    }
}

/// Ctrl-C and a cancelled job reach the whole process group. Terraform handles them and says when
/// to stop.
pub(super) fn ignore_signals() {
    for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
        // tokio's handler stays in place when its stream is dropped. Without it the default
        // applies, which is no reason to fail.
        drop(signal(kind));
    }
}

/// Returns when the flag is raised, or can never be.
pub(super) async fn raised(mut flag: watch::Receiver<bool>) {
    let _ = flag.wait_for(|raised| *raised).await;
}
