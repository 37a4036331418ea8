//! Look-ups as HTTP requests, and the answers to them as JSON: AWS's three kinds of API.

use std::borrow::Cow;
use std::fmt::{self, Display};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::{ErrorMetadata, metadata::ProvideErrorMetadata};
use logenabler_catalog::{LookUp, Request};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use roxmltree::{Document, Node};
use serde_json::{Map, Value as Json, map::Entry};

/// Deeper than any answer's, and shallow enough for any stack.
const DEEPEST: usize = 32;

/// There is no answer yet, nor will there be one.
const ACCEPTED: u16 = 202;
/// The bytes that were asked for; of a file that has no more, all.
const PARTIAL: u16 = 206;

/// All but what signatures leave as it is, and what is between folders.
const NOT_IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Where the bucket is that was asked for elsewhere.
const BUCKET_REGION: &str = "x-amz-bucket-region";

/// What a service says, or a file has.
#[derive(Debug)]
pub enum Answer {
    Said(Json),
    Bytes(Vec<u8>),
    /// That it did what it was asked to do.
    Done,
}

impl Answer {
    /// None of a file.
    pub fn said(self) -> Option<Json> {
        match self {
            Self::Said(json) => Some(json),
            Self::Done => Some(Json::Null),
            Self::Bytes(_) => None,
        }
    }

    /// None of anything else.
    pub fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Said(_) | Self::Done => None,
        }
    }
}

/// What the service said instead of an answer.
#[derive(Debug, Default)]
pub struct Refusal {
    meta: ErrorMetadata,
    /// Of a bucket.
    pub(crate) region: Option<String>,
}

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.meta.fmt(f)
    }
}

impl std::error::Error for Refusal {}

/// What the look-up is about, for people.
pub fn object(about: &LookUp) -> &str {
    match &about.request {
        Request::Json { body, .. } => body,
        Request::Form { fields, .. } => fields.first().map_or("", |(_, value)| value),
        Request::Get { path, .. }
        | Request::Post { path, .. }
        | Request::Beginning { path, .. } => path,
    }
}

pub(crate) fn request(about: &LookUp) -> Result<HttpRequest, BoxError> {
    let (method, path, kind, body) = match &about.request {
        Request::Json { version, body, .. } => (
            "POST",
            "/".to_owned(),
            format!("application/x-amz-json-{version}"),
            body.clone(),
        ),
        Request::Form { version, fields } => {
            let form = form(about.operation, version, fields);
            (
                "POST",
                "/".to_owned(),
                "application/x-www-form-urlencoded".to_owned(),
                form,
            )
        }
        Request::Post { path, body, .. } => {
            let kind = "application/json".to_owned();
            ("POST", path.clone(), kind, body.clone())
        }
        Request::Get { path, query } => {
            let uri = with_query(path, query);
            ("GET", uri, String::new(), String::new())
        }
        Request::Beginning { path, .. } => {
            let uri = utf8_percent_encode(path, NOT_IN_PATHS).to_string();
            ("GET", uri, String::new(), String::new())
        }
    };
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method(method)?;
    request.set_uri(path)?;
    if !kind.is_empty() {
        request.headers_mut().try_insert("content-type", kind)?;
    }
    if let Some((name, value)) = header(&about.request) {
        request.headers_mut().try_insert(name, value)?;
    }
    Ok(request)
}

fn header(request: &Request) -> Option<(&'static str, Cow<'static, str>)> {
    match request {
        Request::Json { target, .. } => Some(("x-amz-target", Cow::Borrowed(target))),
        Request::Post {
            header: (name, value),
            ..
        } => Some((name, Cow::Borrowed(value))),
        Request::Beginning { bytes, .. } => {
            let range = format!("bytes=0-{}", bytes.saturating_sub(1));
            Some(("range", Cow::Owned(range)))
        }
        Request::Form { .. } | Request::Get { .. } => None,
    }
}

fn form(operation: &str, version: &str, fields: &[(Cow<str>, String)]) -> String {
    let fields = fields.iter().map(|(name, value)| pair(name, value));
    let fields: Vec<_> = fields.collect();
    let all = [format!("Action={operation}"), format!("Version={version}")];
    [&all[..], &fields].concat().join("&")
}

/// A path may bring the beginning of a query.
fn with_query(path: &str, query: &[(&str, String)]) -> String {
    let begin = |at: usize| {
        if at == 0 && !path.contains('?') {
            "?"
        } else {
            "&"
        }
    };
    let query = query.iter().enumerate();
    let query = query.map(|(at, (name, value))| format!("{}{}", begin(at), pair(name, value)));
    format!("{path}{}", query.collect::<String>())
}

fn pair(name: &str, value: &str) -> String {
    format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))
}

/// What is no answer of a service must not pass for one: an empty one would say that everything is off.
pub(crate) fn answer(response: &HttpResponse) -> Result<Answer, OrchestratorError<Refusal>> {
    let body = response.body().bytes().unwrap_or_default();
    match response.status().as_u16() {
        ACCEPTED => return Ok(Answer::Done),
        PARTIAL => return Ok(Answer::Bytes(body.to_vec())),
        _ if body.is_empty() && response.status().is_success() => return Ok(Answer::Done),
        _ => {}
    }
    let parsed = parse(body);
    if !response.status().is_success() {
        let refusal = refusal(&parsed.unwrap_or_default(), response);
        return Err(OrchestratorError::operation(refusal));
    }
    parsed.map(Answer::Said).map_err(OrchestratorError::other)
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
    Refusal {
        meta: meta.message(message.unwrap_or_default()).build(),
        region: response.headers().get(BUCKET_REGION).map(str::to_owned),
    }
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
    use logenabler_catalog::{Api, Endpoint};
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
        check(
            "<A><I><B><C>1</C></B><B><C>2</C></B><B><C>3</C></B><N>4</N></I></A>",
            json!({ "I": { "B": [{ "C": "1" }, { "C": "2" }, { "C": "3" }], "N": "4" } }),
        );
        let deep = format!("{}{}", "<A>".repeat(100), "</A>".repeat(100));
        assert!(from_xml(Document::parse(&deep).unwrap().root_element(), DEEPEST).is_object());
    }

    #[test]
    fn a_key_keeps_its_slashes_and_all_else_is_encoded() {
        static STORE: Api = Api {
            name: "s3",
            endpoint: Endpoint::Regional,
            absent: &[],
        };
        let path = "/bucket//a b/year=2026/é+%.gz".to_owned();
        let about = LookUp {
            api: &STORE,
            operation: "GetObject",
            request: Request::Beginning { path, bytes: 4 },
        };
        let sent = request(&about).unwrap();
        assert_eq!(sent.uri(), "/bucket//a%20b/year%3D2026/%C3%A9%2B%25.gz");
        assert_eq!(sent.headers().get("range"), Some("bytes=0-3"));
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
        let form = form(
            "Describe",
            "2015-12-01",
            &[("Name".into(), "a&b=c é".to_owned())],
        );
        assert_eq!(
            form,
            "Action=Describe&Version=2015-12-01&Name=a%26b%3Dc%20%C3%A9"
        );
    }
}
