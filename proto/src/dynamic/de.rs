//! From a `Dynamic` to a model.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Dynamic, ModelError, Number, number};
use crate::path::Step;
use crate::value;

/// The name under which the deserializer recognises a `Dynamic`, which may hold what no Rust type
/// can: an unknown.
pub(super) const DYNAMIC: &str = "$tfplugin::Dynamic";

#[derive(Clone, Copy)]
pub(super) struct Deserializer<'a>(pub(super) &'a Dynamic);

type Result<T> = std::result::Result<T, ModelError>;

impl<'de> de::Deserializer<'de> for Deserializer<'de> {
    type Error = ModelError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Dynamic::Unknown => Err(ModelError::unknown()),
            Dynamic::Null => visitor.visit_unit(),
            Dynamic::Bool(value) => visitor.visit_bool(*value),
            Dynamic::Number(number) => visit_number(number, visitor),
            Dynamic::String(text) => visitor.visit_borrowed_str(text),
            Dynamic::List(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            Dynamic::Map(entries) => visitor.visit_map(Entries::new(entries, Step::Key)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.0 {
            Dynamic::Map(entries) => visitor.visit_map(Entries::new(entries, Step::Attribute)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Dynamic::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match self.0 {
            // An unknown and the digits of a number are more than serde's data model holds, so they
            // travel as variants.
            Dynamic::Unknown if name == DYNAMIC => visitor.visit_enum(Variant("Unknown", self)),
            Dynamic::Number(_) if name == DYNAMIC => visitor.visit_enum(Variant("Number", self)),
            Dynamic::Number(number) if name == number::NAME => visitor.visit_str(number.as_str()),
            _ if name == DYNAMIC || name == number::NAME => self.deserialize_any(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.0 {
            Dynamic::Unknown if name == value::NAME => visitor.visit_enum(Variant("Unknown", self)),
            Dynamic::Null if name == value::NAME => visitor.visit_enum(Variant("Null", self)),
            held if name == value::NAME && held.is_wholly_known() => {
                visitor.visit_enum(Variant("Known", self))
            }
            _ if name == value::NAME => visitor.visit_enum(Variant("Partial", self)),
            Dynamic::String(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value> {
    if let Some(value) = number.as_i64() {
        visitor.visit_i64(value)
    } else if let Some(value) = number.as_u64() {
        visitor.visit_u64(value)
    } else if let Some(value) = number.as_f64() {
        visitor.visit_f64(value)
    } else {
        Err(ModelError::other("the number is too large"))
    }
}

struct Items<'a>(std::iter::Enumerate<std::slice::Iter<'a, Dynamic>>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = ModelError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some((index, item)) = self.0.next() else {
            return Ok(None);
        };
        seed.deserialize(Deserializer(item))
            .map(Some)
            .map_err(|error| error.under(Step::Index(index)))
    }
}

struct Entries<'a> {
    rest: std::collections::btree_map::Iter<'a, String, Dynamic>,
    current: Option<(&'a String, &'a Dynamic)>,
    step: fn(String) -> Step,
}

impl<'a> Entries<'a> {
    fn new(entries: &'a BTreeMap<String, Dynamic>, step: fn(String) -> Step) -> Self {
        Self {
            rest: entries.iter(),
            current: None,
            step,
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = ModelError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.current = self.rest.next();
        let Some((key, _)) = self.current else {
            return Ok(None);
        };
        let key: StrDeserializer<'_, ModelError> = key.as_str().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        let Some((key, value)) = self.current.take() else {
            return Err(ModelError::other("a value was asked for before its key"));
        };
        seed.deserialize(Deserializer(value))
            .map_err(|error| error.under((self.step)(key.clone())))
    }
}

/// One variant of an enum, with the value it was chosen for as its content.
struct Variant<'a>(&'static str, Deserializer<'a>);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = ModelError;
    type Variant = Content<'de>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Content<'de>)> {
        let name: StrDeserializer<'_, ModelError> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, Content(self.1)))
    }
}

struct Content<'a>(Deserializer<'a>);

impl<'de> VariantAccess<'de> for Content<'de> {
    type Error = ModelError;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.0)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value> {
        Err(ModelError::other(
            "enum variants with content have no counterpart in Terraform",
        ))
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value> {
        Err(ModelError::other(
            "enum variants with content have no counterpart in Terraform",
        ))
    }
}

pub(super) struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }
    fn visit_i64<E: de::Error>(self, v: i64) -> std::result::Result<Number, E> {
        Ok(v.into())
    }
    fn visit_u64<E: de::Error>(self, v: u64) -> std::result::Result<Number, E> {
        Ok(v.into())
    }
    fn visit_f64<E: de::Error>(self, v: f64) -> std::result::Result<Number, E> {
        Number::from_f64(v).ok_or_else(|| E::custom("the number is not finite"))
    }
    fn visit_str<E: de::Error>(self, v: &str) -> std::result::Result<Number, E> {
        Number::parse(v).ok_or_else(|| E::custom("this is not a number"))
    }
}

pub(super) struct DynamicVisitor;

impl<'de> Visitor<'de> for DynamicVisitor {
    type Value = Dynamic;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any Terraform value")
    }
    fn visit_bool<E>(self, v: bool) -> std::result::Result<Dynamic, E> {
        Ok(Dynamic::Bool(v))
    }
    fn visit_i64<E: de::Error>(self, v: i64) -> std::result::Result<Dynamic, E> {
        NumberVisitor.visit_i64(v).map(Dynamic::Number)
    }
    fn visit_u64<E: de::Error>(self, v: u64) -> std::result::Result<Dynamic, E> {
        NumberVisitor.visit_u64(v).map(Dynamic::Number)
    }
    fn visit_f64<E: de::Error>(self, v: f64) -> std::result::Result<Dynamic, E> {
        NumberVisitor.visit_f64(v).map(Dynamic::Number)
    }
    fn visit_str<E>(self, v: &str) -> std::result::Result<Dynamic, E> {
        Ok(Dynamic::String(v.to_owned()))
    }
    fn visit_unit<E>(self) -> std::result::Result<Dynamic, E> {
        Ok(Dynamic::Null)
    }
    /// Other formats have no more than their own values.
    fn visit_newtype_struct<D: de::Deserializer<'de>>(
        self,
        inner: D,
    ) -> std::result::Result<Dynamic, D::Error> {
        inner.deserialize_any(self)
    }
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> std::result::Result<Dynamic, A::Error> {
        let (variant, content) = data.variant::<String>()?;
        match variant.as_str() {
            "Number" => content.newtype_variant().map(Dynamic::Number),
            _ => content.unit_variant().map(|()| Dynamic::Unknown),
        }
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Dynamic, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Dynamic::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> std::result::Result<Dynamic, A::Error> {
        BTreeMap::deserialize(de::value::MapAccessDeserializer::new(map)).map(Dynamic::Map)
    }
}
