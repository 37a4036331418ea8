//! What a file tells of its own format, where its log's owner chose the fields: by a line with their names, or as JSON.

use std::borrow::Cow;

use crate::chosen::{self, column_name};
use crate::delimited::Delimited;
use crate::encoding;
use crate::format::Format;
use crate::log_type::LogType;
use crate::vended::Vended;
use serde_json::{Map, Value};

const W3C: &str = "#Fields:";

impl LogType {
    /// The format of a file with this first line; `None` where that does not say, and the usual one it is.
    pub fn told_by(&self, first_line: &[u8]) -> Option<Format> {
        let line = str::from_utf8(first_line).ok()?;
        match &self.vended {
            Some(vended) => self.told_by_delivery(vended, line),
            None => self.told_by_names(line),
        }
    }

    fn told_by_delivery(&self, vended: &Vended, line: &str) -> Option<Format> {
        let chosen = |fields| encoding::chosen(self, vended, fields);
        if let Some(names) = line.strip_prefix(W3C) {
            let fields = names.split_whitespace().collect();
            return encoding::format("w3c", "", vended.typed, chosen(fields)).ok();
        }
        let record: Map<String, Value> = serde_json::from_str(line).ok()?;
        let fields = record.keys().map(String::as_str).collect();
        encoding::format("json", "", vended.typed, chosen(fields)).ok()
    }

    fn told_by_names(&self, line: &str) -> Option<Format> {
        let Format::Delimited(usual) = &self.format else {
            return None;
        };
        let names = || line.split(usual.separator);
        let is_name = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
        let known = |text: &str| {
            let mut dictionary = self.dictionary().iter();
            dictionary.any(|column| column.name == column_name(text))
        };
        let told = names().all(is_name) && names().any(known);
        told.then(|| {
            Format::Delimited(Delimited {
                columns: Cow::Owned(chosen::columns(names(), self.dictionary())),
                ..usual.clone()
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::log_type;

    /// `None`: it does not tell.
    fn check(name: &str, line: &str, expected: Option<&[&str]>) {
        let told = log_type(name).unwrap().told_by(line.as_bytes());
        let names = told.map(|format| {
            let names = format.columns().map(|column| column.name.to_string());
            names.collect::<Vec<_>>()
        });
        let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(names, expected, "{line}");
    }

    #[test]
    fn names_of_fields_and_keys_tell() {
        check(
            "vpc_flow",
            "account-id srcaddr new-field",
            Some(&["account_id", "srcaddr", "new_field"]),
        );
        check("vpc_flow", "2 123456789012 eni-1 - - OK", None);
        check("vpc_flow", "", None);
        let (w3c, json) = ("#Fields: date cs(Host)", r#"{"date":"x","cs(Host)":"y"}"#);
        for line in [w3c, json] {
            check("cloudfront_standard_v2", line, Some(&["date", "cs_host"]));
        }
        check("cloudfront_standard_v2", "2026-03-03\t03:03:03", None);
        check("cloudfront_standard", w3c, None);
        check(
            "alb_access",
            r#"{"type":"h2","elb":"app/x/1"}"#,
            Some(&["type", "elb"]),
        );
        check("waf", json, None);
    }
}
