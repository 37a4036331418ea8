//! A look-up: a call that tells how a service is set up now, as plain data. Whoever may call AWS carries it out, and brings
//! its answer back as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LookUp {
    pub api: &'static Api,
    pub operation: &'static str,
    pub request: Request,
}

/// A service, as its calls are sent and signed.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Api {
    /// In signatures and IAM actions, and how its host names begin.
    pub name: &'static str,
    pub endpoint: Endpoint,
    /// The error codes that say: there is no such thing.
    pub absent: &'static [&'static str],
}

/// Where a service is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    /// In the region that it is asked about.
    Regional,
    /// In the region that Organizations has in the partition.
    Organizations,
    /// In CloudFront's region, in the commercial partition under a name without it.
    Global,
}

/// How the three kinds of AWS API are asked, and S3 for a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// JSON in its version of AWS's protocol, under this target.
    Json {
        version: &'static str,
        target: &'static str,
        body: String,
    },
    /// A form, answered in XML; with the version of the API.
    Form {
        version: &'static str,
        fields: Vec<(Cow<'static, str>, String)>,
    },
    /// A path and a header with a JSON text, answered with nothing but that it was taken.
    Post {
        path: String,
        header: (&'static str, &'static str),
        body: String,
    },
    /// A path, and a query beside what it has of one, answered in XML.
    Get {
        path: String,
        query: Vec<(&'static str, String)>,
    },
    /// The path of a file, answered with so many bytes from its beginning.
    Beginning { path: String, bytes: usize },
}

impl Request {
    /// A form whose fields have names that are known beforehand.
    pub fn form(version: &'static str, fields: Vec<(&'static str, String)>) -> Self {
        let fields = fields.into_iter();
        Self::Form {
            version,
            fields: fields.map(|(name, value)| (name.into(), value)).collect(),
        }
    }
}

/// What was asked, and answered. `None`: there is no such thing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers(BTreeMap<LookUp, Option<Value>>);

impl Answers {
    pub fn insert(&mut self, look_up: LookUp, answer: Option<Value>) {
        self.0.insert(look_up, answer);
    }

    /// The answer, or what has to be asked first.
    pub(crate) fn of(&self, look_up: LookUp) -> Result<Option<&Value>, LookUp> {
        match self.0.get(&look_up) {
            Some(answer) => Ok(answer.as_ref()),
            None => Err(look_up),
        }
    }
}

/// The items of a list; in XML a list of none is an empty text.
pub(crate) fn items<'a>(answer: &'a Value, pointer: &str) -> &'a [Value] {
    let list = answer.pointer(pointer).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// The items of a list whose XML has no element for a list of its own: of one it is that one itself.
pub(crate) fn many<'a>(answer: &'a Value, pointer: &str) -> &'a [Value] {
    match answer.pointer(pointer) {
        Some(Value::Array(items)) => items,
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    }
}

pub(crate) fn text<'a>(answer: &'a Value, pointer: &str) -> &'a str {
    let text = answer.pointer(pointer).and_then(Value::as_str);
    text.unwrap_or_default()
}

/// The IAM action that it needs.
impl fmt::Display for LookUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.api.name, self.operation)
    }
}
