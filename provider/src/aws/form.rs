//! Services that take forms and answer in XML, and that have no client here: what is asked for and answered is JSON.

use std::borrow::Cow;

use logenabler_catalog::{Api, Endpoint, LookUp, Request};
use serde_json::Value as Json;

use super::failure::Named;
use super::{Aws, Failure, retry::settle};

/// One such service.
pub(super) struct Service {
    pub(super) version: &'static str,
    pub(super) api: Api,
    /// The same, for calls that may find nothing.
    pub(super) or_nothing: Api,
}

impl Service {
    pub(super) const fn new(
        name: &'static str,
        version: &'static str,
        absent: &'static [&'static str],
    ) -> Self {
        let endpoint = Endpoint::Regional;
        Self {
            version,
            api: Api {
                name,
                endpoint,
                absent: &[],
            },
            or_nothing: Api {
                name,
                endpoint,
                absent,
            },
        }
    }
}

/// It, asked in one region about one object.
pub(super) struct Asked<'a> {
    pub(super) service: &'static Service,
    pub(super) aws: &'a Aws,
    pub(super) region: &'a str,
    pub(super) object: &'a str,
}

impl Asked<'_> {
    /// A call about what is there: that it is not is a failure, and passes where it was just made.
    pub(super) async fn call(&self, operation: &'static str, about: Json) -> Result<Json, Failure> {
        let answer = self.send(&self.service.api, operation, about).await?;
        Ok(answer.unwrap_or_default())
    }

    /// A call that may find nothing.
    pub(super) async fn find(
        &self,
        operation: &'static str,
        about: Json,
    ) -> Result<Option<Json>, Failure> {
        self.send(&self.service.or_nothing, operation, about).await
    }

    async fn send(
        &self,
        api: &'static Api,
        operation: &'static str,
        about: Json,
    ) -> Result<Option<Json>, Failure> {
        let name = operation.split_once(':').map_or(operation, |(_, it)| it);
        let request = &LookUp {
            api,
            operation: name,
            request: Request::Form {
                version: self.service.version,
                fields: fields(&about),
            },
        };
        settle(|| async {
            let answer = self.aws.look_up(self.region, request).await;
            answer.named(operation, self.object)
        })
        .await
    }
}

type Fields = Vec<(Cow<'static, str>, String)>;

/// `{"Tags": [{"Key": "a"}]}` is the field `Tags.member.1.Key`.
fn fields(about: &Json) -> Fields {
    let mut fields = Fields::new();
    flatten("", about, &mut fields);
    fields
}

fn flatten(path: &str, json: &Json, fields: &mut Fields) {
    match json {
        Json::Object(members) => {
            let dot = if path.is_empty() { "" } else { "." };
            for (name, member) in members {
                flatten(&format!("{path}{dot}{name}"), member, fields);
            }
        }
        Json::Array(items) => {
            for (at, item) in (1..).zip(items) {
                flatten(&format!("{path}.member.{at}"), item, fields);
            }
        }
        Json::Null => {}
        Json::String(text) => fields.push((path.to_owned().into(), text.clone())),
        plain => fields.push((path.to_owned().into(), plain.to_string())),
    }
}

/// In XML a list of none is an empty text.
pub(super) fn list<'a>(answer: &'a Json, pointer: &str) -> &'a [Json] {
    let list = answer.pointer(pointer).and_then(Json::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn text<'a>(answer: &'a Json, pointer: &str) -> &'a str {
    let text = answer.pointer(pointer).and_then(Json::as_str);
    text.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_has_a_field_for_each_value() {
        let tags = json!([{ "Key": "a", "Value": "b" }, { "Key": "c", "Value": 1.5 }]);
        let fields =
            fields(&json!({ "Name": "n", "On": true, "Tags": tags, "None": [], "Null": null }));
        let fields = fields.iter().map(|(name, value)| format!("{name}={value}"));
        let fields: Vec<_> = fields.collect();
        assert_eq!(
            fields,
            [
                "Name=n",
                "On=true",
                "Tags.member.1.Key=a",
                "Tags.member.1.Value=b",
                "Tags.member.2.Key=c",
                "Tags.member.2.Value=1.5"
            ]
        );
    }
}
