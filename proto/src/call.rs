//! What a hook may use while it runs: the client, and a place for what must survive its failure.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// One running operation on a resource or data source.
pub struct Call<C, M> {
    client: Arc<C>,
    stopping: Arc<AtomicBool>,
    notes: Arc<Mutex<Notes<M>>>,
}

struct Notes<M> {
    saved: Option<M>,
    warnings: Diagnostics,
}

impl<C, M: Clone> Call<C, M> {
    pub fn client(&self) -> &C {
        &self.client
    }

    /// Says what exists so far. If the operation then fails, panics or is cut off, this is what
    /// Terraform remembers.
    pub fn save(&self, model: &M) {
        self.with_notes(|notes| notes.saved = Some(model.clone()));
    }

    /// Tells the user something without failing.
    pub fn warn(&self, diagnostic: Diagnostic) {
        self.with_notes(|notes| notes.warnings.push(diagnostic));
    }

    /// Whether the user asked Terraform to stop: long waits should end with an error, after `save`.
    pub fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    pub(crate) fn new(client: Arc<C>, stopping: Arc<AtomicBool>) -> Self {
        let notes = Notes {
            saved: None,
            warnings: Diagnostics::new(),
        };
        Self {
            client,
            stopping,
            notes: Arc::new(Mutex::new(notes)),
        }
    }

    /// A second handle on the same call, to read its notes after the hook is gone.
    pub(crate) fn handle(&self) -> Self {
        Self {
            client: Arc::clone(&self.client),
            stopping: Arc::clone(&self.stopping),
            notes: Arc::clone(&self.notes),
        }
    }

    pub(crate) fn saved(&self) -> Option<M> {
        self.with_notes(|notes| notes.saved.take())
    }

    pub(crate) fn warnings(&self) -> Diagnostics {
        self.with_notes(|notes| std::mem::take(&mut notes.warnings))
    }

    /// A hook that panicked may have poisoned the lock; what it noted is still wanted.
    fn with_notes<T>(&self, f: impl FnOnce(&mut Notes<M>) -> T) -> T {
        f(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
