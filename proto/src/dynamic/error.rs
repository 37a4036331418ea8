//! Why a value does not fit a model, and where.

use std::fmt;

use crate::path::{Path, Step};

#[derive(Debug)]
pub(crate) struct ModelError {
    pub(crate) path: Path,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    /// The model has no place for an unknown value; the only error a caller may mend.
    Unknown,
    Other(String),
}

impl ModelError {
    pub(crate) fn unknown() -> Self {
        Self {
            path: Path::root(),
            reason: Reason::Unknown,
        }
    }

    pub(crate) fn other(reason: impl fmt::Display) -> Self {
        Self {
            path: Path::root(),
            reason: Reason::Other(reason.to_string()),
        }
    }

    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self.reason, Reason::Unknown)
    }

    pub(crate) fn under(self, step: Step) -> Self {
        Self {
            path: self.path.under(step),
            reason: self.reason,
        }
    }

    pub(crate) fn reason(&self) -> &str {
        match &self.reason {
            Reason::Unknown => "the value is not known yet",
            Reason::Other(text) => text,
        }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_root() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(self.reason())
    }
}

impl std::error::Error for ModelError {}

impl serde::de::Error for ModelError {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::other(reason)
    }

    /// Says the kinds only, as serde's own text would quote the value, which may be a secret.
    fn invalid_type(found: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::other(format!("found {}, expected {expected}", kind(&found)))
    }

    fn invalid_value(found: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::other(format!(
            "this {} does not fit: expected {expected}",
            kind(&found)
        ))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::other(format!("the value must be one of {}", expected.join(", ")))
    }
}

impl serde::ser::Error for ModelError {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::other(reason)
    }
}

fn kind(found: &serde::de::Unexpected<'_>) -> &'static str {
    use serde::de::Unexpected as U;
    match found {
        U::Bool(_) => "a bool",
        U::Unsigned(_) | U::Signed(_) | U::Float(_) => "a number",
        U::Str(_) | U::Char(_) | U::Bytes(_) => "a string",
        U::Seq => "a list",
        U::Map => "a map",
        U::Unit | U::Option => "nothing",
        _ => "another kind of value",
    }
}
