//! JSON is read by Hive's SerDe alone: every sample's keys have their columns, every value fits the column's type, and the
//! keys that AWS may add tomorrow are noticed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use logenabler_catalog::{Column, Format, LOG_TYPES, Records, Type};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Walks a record beside its columns, and collects what has no place there.
#[derive(Default)]
struct Misfits {
    unknown: BTreeSet<String>,
    mistyped: BTreeSet<String>,
}

impl Misfits {
    fn object<'a>(
        &mut self,
        path: &str,
        object: &Map<String, Value>,
        members: impl Iterator<Item = (&'a str, Type)> + Clone,
    ) {
        for (key, value) in object {
            let path = format!("{path}{key}");
            // The SerDe compares keys with the columns' names in lower case.
            match members
                .clone()
                .find(|(name, _)| *name == key.to_lowercase())
            {
                Some((_, ty)) => self.value(&path, value, ty),
                None => {
                    self.unknown.insert(path);
                }
            }
        }
    }

    fn value(&mut self, path: &str, value: &Value, ty: Type) {
        match (value, ty) {
            // Whatever is not a text is given as its JSON.
            (Value::Null, _) | (_, Type::String) => {}
            (Value::Number(number), Type::Int | Type::Bigint | Type::Double)
                if ty.holds(number.to_string().as_bytes()) => {}
            (_, Type::Time(time)) => self.value(path, value, time.hive()),
            // AWS writes some of them in quotes, and the SerDe takes them.
            (Value::String(text), Type::Int | Type::Bigint | Type::Double | Type::Boolean)
                if ty.holds(text.as_bytes()) => {}
            (Value::Bool(_), Type::Boolean) => {}
            (Value::Array(items), Type::Array(item)) => items
                .iter()
                .for_each(|value| self.value(&format!("{path}[]"), value, *item)),
            (Value::Object(object), Type::Map(value)) => object
                .iter()
                .for_each(|(key, item)| self.value(&format!("{path}.{key}"), item, *value)),
            (Value::Object(object), Type::Struct(members)) => {
                self.object(&format!("{path}."), object, members.iter().copied());
            }
            _ => {
                self.mistyped.insert(path.to_owned());
            }
        }
    }
}

/// The records of a file's line; `None` for what is no JSON.
fn records_of(line: &str, records: Records) -> Vec<Option<Value>> {
    let value: Option<Value> = serde_json::from_str(line).ok();
    match (records, value) {
        (Records::Array, Some(file)) => {
            let records = file["Records"].as_array().unwrap();
            records.iter().cloned().map(Some).collect()
        }
        (_, value) => vec![value],
    }
}

fn misfits(record: &Value, columns: &[Column]) -> Misfits {
    let record: &Map<String, Value> = record.as_object().unwrap();
    let mut misfits = Misfits::default();
    let members = columns
        .iter()
        .map(|column| (column.name.as_ref(), column.ty));
    misfits.object("", record, members);
    misfits
}

#[test]
fn samples_fit_their_columns_but_for_what_is_new() {
    for log_type in LOG_TYPES {
        let Format::Json {
            columns, records, ..
        } = &log_type.format
        else {
            continue;
        };
        let lines = log_type.sample.lines();
        let read: Vec<_> = lines.flat_map(|line| records_of(line, *records)).collect();
        assert!(
            read.iter().any(Option::is_none),
            "{} has no malformed sample",
            log_type.name
        );
        for record in read.into_iter().flatten() {
            let misfits = misfits(&record, columns);
            assert!(
                misfits.mistyped.is_empty(),
                "{:?} in {record}",
                misfits.mistyped
            );
            let of_tomorrow = record.to_string().contains("somethingNew");
            let unknown = misfits.unknown;
            assert_eq!(!unknown.is_empty(), of_tomorrow, "{unknown:?} in {record}");
        }
    }
}

#[test]
fn every_column_is_in_some_sample() {
    for log_type in LOG_TYPES {
        let Format::Json {
            columns, records, ..
        } = &log_type.format
        else {
            continue;
        };
        let lines = log_type.sample.lines();
        let records = lines.flat_map(|line| records_of(line, *records)).flatten();
        let lower = |record: Value| {
            let keys = record.as_object().unwrap().keys();
            keys.map(|key| key.to_lowercase()).collect::<Vec<_>>()
        };
        let keys: BTreeSet<_> = records.flat_map(lower).collect();
        for column in columns.iter() {
            assert!(
                keys.contains(column.name.as_ref()),
                "no sample has {}",
                column.name
            );
        }
    }
}
