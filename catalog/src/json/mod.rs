//! JSON read natively, without a tree: a value is a slice of its record, and what is nested stays as it stands there.
//!
//! As strict as the standard, but for two things that do no harm and that Hive's SerDe does not mind either: texts may hold
//! control characters, and bytes that are no UTF-8.

mod list;
mod record;
mod scan;
mod text;
mod typed;

pub(crate) use list::List;
pub(crate) use record::{Keys, read};
pub(crate) use text::unescaped;
pub(crate) use typed::value;
