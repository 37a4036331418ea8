//! Which resources get tables at all, where an owner does not want them for everything: by name and by tag.

use crate::log::Resource;
use crate::look_up::{Answers, Api, Endpoint, LookUp, Request, items, text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is excluded has no table made. Where anything is included, nothing else has one either. In names and values of
/// tags, `*` stands for anything.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub include_names: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub exclude_names: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub include_tags: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub exclude_tags: BTreeMap<String, String>,
}

/// The IAM action that filtering by tags needs.
pub const TAG_ACTION: &str = "tag:GetResources";

static API: Api = Api {
    name: "tagging",
    endpoint: Endpoint::Regional,
    absent: &[],
};

impl Filter {
    /// The error is a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// What [`Self::parse`] reads; `None` where everything gets tables.
    pub fn text(&self) -> Option<String> {
        let text = serde_json::to_string(self).ok();
        text.filter(|_| *self != Self::default())
    }

    pub fn has_tags(&self) -> bool {
        !self.include_tags.is_empty() || !self.exclude_tags.is_empty()
    }

    /// Whether the resource is to have tables; the error is what has to be looked up first.
    pub fn takes(&self, resource: &Resource, answers: &Answers) -> Result<bool, LookUp> {
        let named =
            |patterns: &BTreeSet<String>| patterns.iter().any(|it| matches(it, &resource.name));
        let tagged = |wanted: &BTreeMap<String, String>| match wanted.is_empty() {
            true => Ok(false),
            false => has_tag(resource, wanted, answers),
        };
        if named(&self.exclude_names) || tagged(&self.exclude_tags)? {
            return Ok(false);
        }
        let takes_all = self.include_names.is_empty() && self.include_tags.is_empty();
        Ok(takes_all || named(&self.include_names) || tagged(&self.include_tags)?)
    }
}

fn has_tag(
    resource: &Resource,
    wanted: &BTreeMap<String, String>,
    answers: &Answers,
) -> Result<bool, LookUp> {
    let answer = answers.of(LookUp {
        api: &API,
        operation: "GetResources",
        request: Request::Json {
            version: "1.1",
            target: "ResourceGroupsTaggingAPI_20170126.GetResources",
            body: json!({ "ResourceARNList": [resource.arn] }).to_string(),
        },
    })?;
    let tags = answer.map_or(&[][..], |it| items(it, "/ResourceTagMappingList/0/Tags"));
    let is_wanted = |tag: &Value| {
        let pattern = wanted.get(text(tag, "/Key"));
        pattern.is_some_and(|pattern| matches(pattern, text(tag, "/Value")))
    };
    Ok(tags.iter().any(is_wanted))
}

/// Each piece between two `*` has to be found behind the one before, the last one at the end. Takes no longer than the two
/// texts, one times the other.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<_> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        match text.split_once(piece) {
            Some((_, behind)) => text = behind,
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Partition;

    fn check(filter: &Value, name: &str, tags: &Value, expected: bool) {
        let filter = Filter::parse(&filter.to_string()).unwrap();
        let resource = Resource {
            arn: "arn:aws:s3:::b".to_owned(),
            name: name.to_owned(),
            account: String::new(),
            region: String::new(),
            partition: Partition::default(),
            global: false,
        };
        let mut answers = Answers::default();
        let takes = loop {
            match filter.takes(&resource, &answers) {
                Ok(takes) => break takes,
                Err(look_up) => {
                    let list = json!({ "ResourceTagMappingList": [{ "Tags": tags }] });
                    answers.insert(look_up, Some(list));
                }
            }
        };
        assert_eq!(takes, expected, "{filter:?} {name} {tags}");
    }

    #[test]
    fn what_is_excluded_wins_and_what_is_included_shuts_out_the_rest() {
        let none = json!([]);
        let logged = json!([{ "Key": "logs", "Value": "athena" }]);
        check(&json!({}), "shop", &none, true);
        check(&json!({ "exclude_names": ["shop"] }), "shop", &none, false);
        check(&json!({ "exclude_names": ["sho"] }), "shop", &none, true);
        check(
            &json!({ "include_names": ["prod-*"] }),
            "shop",
            &none,
            false,
        );
        check(
            &json!({ "include_names": ["prod-*"] }),
            "prod-1",
            &none,
            true,
        );
        let by_tag = json!({ "include_tags": { "logs": "*" } });
        check(&by_tag, "shop", &none, false);
        check(&by_tag, "shop", &logged, true);
        check(
            &json!({ "exclude_tags": { "logs": "none" } }),
            "shop",
            &logged,
            true,
        );
        check(
            &json!({ "exclude_tags": { "logs": "ath*" } }),
            "shop",
            &logged,
            false,
        );
        let either = json!({ "include_tags": { "logs": "*" }, "include_names": ["shop"] });
        check(&either, "shop", &none, true);
        let both = json!({ "include_tags": { "logs": "*" }, "exclude_names": ["shop"] });
        check(&both, "shop", &logged, false);
    }

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*", "a", true),
            ("a*b", "ab", true),
            ("a*b", "ba", false),
            ("a*b*c", "a-b-b-c", true),
            ("*a", "aa", true),
            ("**", "x", true),
            ("a*a", "a", false),
            ("", "", true),
            ("", "x", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern:?} {text:?}");
        }
    }
}
