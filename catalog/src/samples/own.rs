//! Which records are a log's own, where others are in the same files.

use std::borrow::Cow;

use crate::layout::{Held, filled};
use crate::log::Resource;
use serde_json::Value;

/// What a record of this log has in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) column: usize,
    /// Of a struct.
    member: Option<&'static str>,
    /// None: anything will do.
    value: Option<String>,
    may_lack: bool,
}

impl Own {
    pub(super) fn of(
        column: usize,
        member: Option<&'static str>,
        held: Held,
        resource: &Resource,
    ) -> Self {
        let written = |value| filled(value, resource, str::to_owned);
        let (value, may_lack) = match held {
            Held::Value(value) => (Some(written(value)), false),
            Held::ValueOrNothing(value) => (Some(written(value)), true),
            Held::Anything => (None, false),
        };
        Self {
            column,
            member,
            value,
            may_lack,
        }
    }

    /// Whether a record is, by what it has in the column.
    pub(super) fn holds(&self, slice: Option<&[u8]>) -> bool {
        let found = match self.member {
            None => slice.map(Cow::Borrowed),
            Some(member) => slice
                .and_then(|slice| text_of(slice, member))
                .map(Cow::Owned),
        };
        match (found, &self.value) {
            (Some(found), Some(value)) => *found == *value.as_bytes(),
            (Some(_), None) => true,
            (None, _) => self.may_lack,
        }
    }
}

fn text_of(object: &[u8], member: &str) -> Option<Vec<u8>> {
    let object: Value = serde_json::from_slice(object).ok()?;
    Some(object.get(member)?.as_str()?.as_bytes().to_vec())
}
