//! `Value<T>`: what Terraform knows of one attribute. Every field of a model is one.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, EnumAccess, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::dynamic::Dynamic;

/// A value that is not known before apply, that is absent, or that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value<T> {
    Unknown,
    #[default]
    Null,
    Known(T),
}

impl<T> Value<T> {
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown | Self::Null => None,
        }
    }

    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown | Self::Null => None,
        }
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Value<U> {
        match self {
            Self::Unknown => Value::Unknown,
            Self::Null => Value::Null,
            Self::Known(value) => Value::Known(f(value)),
        }
    }

    pub fn as_ref(&self) -> Value<&T> {
        match self {
            Self::Unknown => Value::Unknown,
            Self::Null => Value::Null,
            Self::Known(value) => Value::Known(value),
        }
    }

    /// This value, with `fallback` in the place of null. Unknown stays unknown.
    #[must_use]
    pub fn or(self, fallback: T) -> Self {
        match self {
            Self::Null => Self::Known(fallback),
            other => other,
        }
    }
}

impl Value<String> {
    pub fn as_str(&self) -> Option<&str> {
        self.known().map(String::as_str)
    }
}

impl<T> From<T> for Value<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl From<&str> for Value<String> {
    fn from(value: &str) -> Self {
        Self::Known(value.to_owned())
    }
}

impl<T> From<Option<T>> for Value<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Known)
    }
}

/// The name under which our serializer and deserializer recognise this enum.
pub(crate) const NAME: &str = "$tfplugin::Value";
pub(crate) const VARIANTS: &[&str] = &["Unknown", "Null", "Known", "Partial"];

impl<T: Serialize> Serialize for Value<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_unit_variant(NAME, 0, "Unknown"),
            Self::Null => serializer.serialize_unit_variant(NAME, 1, "Null"),
            Self::Known(value) => serializer.serialize_newtype_variant(NAME, 2, "Known", value),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Value<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum(NAME, VARIANTS, ValueVisitor(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(variant_identifier)]
enum Variant {
    Unknown,
    Null,
    Known,
    Partial,
}

struct ValueVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ValueVisitor<T> {
    type Value = Value<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Terraform value")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value<T>, A::Error> {
        let (variant, content) = data.variant::<Variant>()?;
        match variant {
            Variant::Unknown => content.unit_variant().map(|()| Value::Unknown),
            Variant::Null => content.unit_variant().map(|()| Value::Null),
            Variant::Known => content.newtype_variant().map(Value::Known),
            Variant::Partial => partly_known(content.newtype_variant()?),
        }
    }
}

/// A collection with unknown elements. Where the model has no place for them
/// (`Value<Vec<String>>`), all of it counts as unknown: nothing may be concluded from the known
/// part.
fn partly_known<T: DeserializeOwned, E: de::Error>(value: Dynamic) -> Result<Value<T>, E> {
    match value.to_model::<T>() {
        Ok(known) => Ok(Value::Known(known)),
        Err(error) if error.is_unknown() => Ok(Value::Unknown),
        Err(error) => Err(E::custom(error)),
    }
}
