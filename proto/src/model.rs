//! The Rust side of a schema: a struct with one field per attribute.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A struct whose fields are the attributes of a schema, each a `Value<T>`. Implemented by deriving
/// serde's two traits.
pub trait Model: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {}

impl<T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> Model for T {}
