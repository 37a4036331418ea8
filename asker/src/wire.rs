//! Look-ups as HTTP requests, and the answers to them as JSON: AWS's three kinds of API.

use std::fmt::{self, Display};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::{ErrorMetadata, metadata::ProvideErrorMetadata};
use logenabler_catalog::{LookUp, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use roxmltree::{Document, Node};
use serde_json::{Map, Value as Json, map::Entry};

/// Deeper than any answer's, and shallow enough for any stack.
const DEEPEST: usize = 32;

/// What the service said instead of an answer.
#[derive(Debug, Default)]
pub struct Refusal(ErrorMetadata);

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refusal {}

/// What the look-up is about, for people.
pub fn object(about: &LookUp) -> &str {
    match &about.request {
        Request::Json { body, .. } => body,
        Request::Form { fields, .. } => fields.first().map_or("", |(_, value)| value),
        Request::Get { path } => path,
    }
}

pub(crate) fn request(about: &LookUp) -> Result<HttpRequest, BoxError> {
    let (method, path, kind, body) = match &about.request {
        Request::Json { version, body, .. } => (
            "POST",
            "/",
            format!("application/x-amz-json-{version}"),
            body.clone(),
        ),
        Request::Form { version, fields } => {
            let form = form(about.operation, version, fields);
            (
                "POST",
                "/",
                "application/x-www-form-urlencoded".to_owned(),
                form,
            )
        }
        Request::Get { path } => ("GET", path.as_str(), String::new(), String::new()),
    };
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method(method)?;
    request.set_uri(path)?;
    if !kind.is_empty() {
        request.headers_mut().try_insert("content-type", kind)?;
    }
    if let Request::Json { target, .. } = about.request {
        request.headers_mut().try_insert("x-amz-target", target)?;
    }
    Ok(request)
}

fn form(operation: &str, version: &str, fields: &[(&str, String)]) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let fields = fields
        .iter()
        .map(|(name, value)| format!("&{name}={}", encoded(value)));
    format!(
        "Action={operation}&Version={version}{}",
        fields.collect::<String>()
    )
}

/// What is no answer of a service must not pass for one: an empty one would say that everything is off.
pub(crate) fn answer(response: &HttpResponse) -> Result<Json, OrchestratorError<Refusal>> {
    let body = response.body().bytes().unwrap_or_default();
    let parsed = parse(body);
    if !response.status().is_success() {
        let refusal = refusal(&parsed.unwrap_or_default(), response);
        return Err(OrchestratorError::operation(refusal));
    }
    parsed.map_err(OrchestratorError::other)
}

fn parse(body: &[u8]) -> Result<Json, BoxError> {
    let text = std::str::from_utf8(body)?;
    if text.trim_start().starts_with('<') {
        return Ok(from_xml(Document::parse(text)?.root_element(), DEEPEST));
    }
    let object: Map<String, Json> = serde_json::from_str(text)?;
    Ok(object.into())
}

/// Code and message stand in different places in each kind of API.
fn refusal(answer: &Json, response: &HttpResponse) -> Refusal {
    let at = |pointer: &str| answer.pointer(pointer).and_then(Json::as_str);
    let first = |pointers: &[&str]| pointers.iter().find_map(|pointer| at(pointer));
    let code = first(&["/__type", "/Error/Code", "/Code", "/Errors/Error/Code"])
        .or_else(|| response.headers().get("x-amzn-errortype"));
    let message = first(&[
        "/message",
        "/Message",
        "/Error/Message",
        "/Errors/Error/Message",
    ]);
    let mut meta = ErrorMetadata::builder();
    // Such as `com.amazonaws.waf#WAFNonexistentItemException:http://...`
    if let Some(code) = code.and_then(|code| code.split(':').next()) {
        meta = meta.code(code.rsplit('#').next().unwrap_or(code));
    }
    Refusal(meta.message(message.unwrap_or_default()).build())
}

/// An element as JSON: its text, its list of `member` or `item`, or an object of what is in it.
fn from_xml(element: Node, depth: usize) -> Json {
    let Some(depth) = depth.checked_sub(1) else {
        return Json::Null;
    };
    let within: Vec<Node> = element.children().filter(Node::is_element).collect();
    if within.is_empty() {
        return Json::from(element.text().unwrap_or_default());
    }
    let is_item = |node: &Node| matches!(node.tag_name().name(), "member" | "item");
    if within.iter().all(is_item) {
        return within
            .into_iter()
            .map(|node| from_xml(node, depth))
            .collect();
    }
    let mut members = Map::new();
    for node in within {
        let value = from_xml(node, depth);
        match members.entry(node.tag_name().name()) {
            Entry::Vacant(new) => drop(new.insert(value)),
            Entry::Occupied(mut known) => add(known.get_mut(), value),
        }
    }
    Json::Object(members)
}

/// Some lists have no element of their own: what comes again is an item of one.
fn add(known: &mut Json, value: Json) {
    match known {
        Json::Array(items) => items.push(value),
        first => *first = Json::Array(vec![first.take(), value]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(xml: &str, expected: Json) {
        let document = Document::parse(xml).unwrap();
        assert_eq!(
            from_xml(document.root_element(), DEEPEST),
            expected,
            "{xml}"
        );
    }

    #[test]
    fn xml_answers_become_json() {
        check("<A/>", json!(""));
        check(
            "<A><B>1</B><C><D> x </D></C></A>",
            json!({ "B": "1", "C": { "D": " x " } }),
        );
        check(
            "<A xmlns='urn:x'><L><member><K>a</K></member><member><K>b</K></member></L><E/></A>",
            json!({ "L": [{ "K": "a" }, { "K": "b" }], "E": "" }),
        );
        check("<A><set><item>x</item></set></A>", json!({ "set": ["x"] }));
        let deep = format!("{}{}", "<A>".repeat(100), "</A>".repeat(100));
        assert!(from_xml(Document::parse(&deep).unwrap().root_element(), DEEPEST).is_object());
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        for body in ["", "null", "[]", "OK", "{", "<A", "<html><p></html>"] {
            assert!(parse(body.as_bytes()).is_err(), "{body:?}");
        }
        assert!(parse(b"{}").is_ok() && parse(b"<BucketLoggingStatus/>").is_ok());
    }

    #[test]
    fn forms_hold_whatever_a_name_holds() {
        let form = form("Describe", "2015-12-01", &[("Name", "a&b=c é".to_owned())]);
        assert_eq!(
            form,
            "Action=Describe&Version=2015-12-01&Name=a%26b%3Dc%20%C3%A9"
        );
    }
}
