//! From a model to a `Dynamic`.

use std::collections::BTreeMap;

use serde::ser::{self, Serialize};

use super::{Dynamic, ModelError, Number, number};
use crate::path::Step;
use crate::value;

pub(super) struct Serializer;

type Result<T = Dynamic> = std::result::Result<T, ModelError>;

impl ser::Serializer for Serializer {
    type Ok = Dynamic;
    type Error = ModelError;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = ser::Impossible<Dynamic, ModelError>;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = ser::Impossible<Dynamic, ModelError>;

    fn serialize_bool(self, v: bool) -> Result {
        Ok(Dynamic::Bool(v))
    }
    fn serialize_i8(self, v: i8) -> Result {
        self.serialize_i64(v.into())
    }
    fn serialize_i16(self, v: i16) -> Result {
        self.serialize_i64(v.into())
    }
    fn serialize_i32(self, v: i32) -> Result {
        self.serialize_i64(v.into())
    }
    fn serialize_i64(self, v: i64) -> Result {
        Ok(Dynamic::Number(v.into()))
    }
    fn serialize_u8(self, v: u8) -> Result {
        self.serialize_u64(v.into())
    }
    fn serialize_u16(self, v: u16) -> Result {
        self.serialize_u64(v.into())
    }
    fn serialize_u32(self, v: u32) -> Result {
        self.serialize_u64(v.into())
    }
    fn serialize_u64(self, v: u64) -> Result {
        Ok(Dynamic::Number(v.into()))
    }
    fn serialize_f32(self, v: f32) -> Result {
        // Through text: widening 0.1f32 would give 0.10000000149.
        number(Number::parse(&v.to_string()))
    }
    fn serialize_f64(self, v: f64) -> Result {
        number(Number::from_f64(v))
    }
    fn serialize_char(self, v: char) -> Result {
        Ok(Dynamic::String(v.to_string()))
    }
    fn serialize_str(self, v: &str) -> Result {
        Ok(Dynamic::String(v.to_owned()))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result {
        Err(ModelError::other("Terraform has no bytes; use base64 text"))
    }
    fn serialize_none(self) -> Result {
        Ok(Dynamic::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result {
        Ok(Dynamic::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result {
        Ok(Dynamic::Null)
    }
    fn serialize_unit_variant(self, name: &'static str, _: u32, variant: &'static str) -> Result {
        Ok(match (name, variant) {
            (value::NAME, "Unknown") => Dynamic::Unknown,
            (value::NAME, _) => Dynamic::Null,
            _ => Dynamic::String(variant.to_owned()),
        })
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result {
        let inner = value.serialize(self)?;
        match (name, inner) {
            (number::NAME, Dynamic::String(text)) => number(Number::parse(&text)),
            (_, inner) => Ok(inner),
        }
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result {
        if name == value::NAME {
            value.serialize(self)
        } else {
            Err(no_variants())
        }
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<List> {
        Ok(List::default())
    }
    fn serialize_tuple(self, _: usize) -> Result<List> {
        Ok(List::default())
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List> {
        Ok(List::default())
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(no_variants())
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Entries> {
        Ok(Entries::default())
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries> {
        Ok(Entries::default())
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(no_variants())
    }
}

fn number(number: Option<Number>) -> Result {
    number
        .map(Dynamic::Number)
        .ok_or_else(|| ModelError::other("the number is not finite"))
}

fn no_variants() -> ModelError {
    ModelError::other("enum variants with content have no counterpart in Terraform")
}

#[derive(Default)]
pub(super) struct List(Vec<Dynamic>);

impl List {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let step = Step::Index(self.0.len());
        self.0.push(
            value
                .serialize(Serializer)
                .map_err(|error| error.under(step))?,
        );
        Ok(())
    }
}

impl ser::SerializeSeq for List {
    type Ok = Dynamic;
    type Error = ModelError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.push(value)
    }
    fn end(self) -> Result {
        Ok(Dynamic::List(self.0))
    }
}

impl ser::SerializeTuple for List {
    type Ok = Dynamic;
    type Error = ModelError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.push(value)
    }
    fn end(self) -> Result {
        Ok(Dynamic::List(self.0))
    }
}

impl ser::SerializeTupleStruct for List {
    type Ok = Dynamic;
    type Error = ModelError;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.push(value)
    }
    fn end(self) -> Result {
        Ok(Dynamic::List(self.0))
    }
}

#[derive(Default)]
pub(super) struct Entries {
    entries: BTreeMap<String, Dynamic>,
    key: String,
}

impl ser::SerializeMap for Entries {
    type Ok = Dynamic;
    type Error = ModelError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.key = match key.serialize(Serializer)? {
            Dynamic::String(text) => text,
            Dynamic::Number(number) => number.to_string(),
            _ => return Err(ModelError::other("the keys of a map must be strings")),
        };
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = std::mem::take(&mut self.key);
        let value = value
            .serialize(Serializer)
            .map_err(|error| error.under(Step::Key(key.clone())))?;
        self.entries.insert(key, value);
        Ok(())
    }
    fn end(self) -> Result {
        Ok(Dynamic::Map(self.entries))
    }
}

impl ser::SerializeStruct for Entries {
    type Ok = Dynamic;
    type Error = ModelError;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        let value = value
            .serialize(Serializer)
            .map_err(|error| error.under(Step::Attribute(name.to_owned())))?;
        self.entries.insert(name.to_owned(), value);
        Ok(())
    }
    fn end(self) -> Result {
        Ok(Dynamic::Map(self.entries))
    }
}
