//! The EventBridge patterns that let through exactly the calls that can change a log.

use crate::event::{DETAIL_TYPE, Event};
use crate::log_type::LogType;
use crate::look_up::items;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// EventBridge's limit, in characters.
pub const MAX_PATTERN_LENGTH: usize = 2_048;

/// Calls of one service that can change a log's settings.
#[derive(Debug, Clone, Copy)]
pub struct EventRule {
    /// Such as `aws.elasticloadbalancing`.
    pub source: &'static str,
    pub names: &'static [EventName],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventName {
    Exact(&'static str),
    /// With or without the API's version behind the name, such as `2020_05_31`: CloudTrail has written both.
    Versioned(&'static str),
}

/// As few patterns as hold all these log types' events, each within EventBridge's limit, always in the same order.
pub fn event_patterns(types: &[&LogType]) -> Vec<String> {
    patterns(types.iter().flat_map(|log_type| log_type.events()))
}

fn patterns<'a>(rules: impl Iterator<Item = &'a EventRule>) -> Vec<String> {
    let calls: BTreeSet<_> = rules
        .flat_map(|rule| rule.names.iter().map(|name| (rule.source, *name)))
        .collect();
    let mut patterns = Vec::new();
    let mut current = Calls::default();
    for (source, name) in calls {
        let more = current.with(source, name);
        if more.pattern().chars().count() > MAX_PATTERN_LENGTH {
            patterns.push(current.pattern());
            current = Calls::default().with(source, name);
        } else {
            current = more;
        }
    }
    patterns.extend((!current.names.is_empty()).then(|| current.pattern()));
    patterns
}

/// The calls of one pattern. Every source goes with every name: no two services share a name that matters.
#[derive(Default, Clone)]
struct Calls {
    sources: BTreeSet<&'static str>,
    names: BTreeSet<EventName>,
}

impl Calls {
    fn with(&self, source: &'static str, name: EventName) -> Self {
        let mut calls = self.clone();
        calls.sources.insert(source);
        calls.names.insert(name);
        calls
    }

    fn pattern(&self) -> String {
        json!({
            "source": self.sources,
            "detail-type": [DETAIL_TYPE],
            "detail": {
                "eventName": self.names.iter().flat_map(EventName::matchers).collect::<Vec<_>>(),
                "errorCode": [{ "exists": false }],
            },
        })
        .to_string()
    }
}

impl EventRule {
    /// Whether rules with these patterns let any of these calls through.
    pub(crate) fn is_heard(&self, patterns: &[Value]) -> bool {
        self.names.iter().flat_map(EventName::matchers).any(|name| {
            patterns.iter().any(|pattern| {
                items(pattern, "/source").contains(&Value::from(self.source))
                    && items(pattern, "/detail/eventName").contains(&name)
            })
        })
    }

    pub(crate) fn matches(&self, event: &Event) -> bool {
        let name = &event.event_name;
        self.source == event.source && self.names.iter().any(|known| known.matches(name))
    }
}

/// How all versions of AWS's APIs begin.
const CENTURY: &str = "20";

impl EventName {
    fn matches(&self, name: &str) -> bool {
        match self {
            Self::Exact(exact) => name == *exact,
            Self::Versioned(versioned) => name
                .strip_prefix(versioned)
                .is_some_and(|version| version.is_empty() || version.starts_with(CENTURY)),
        }
    }

    fn matchers(&self) -> Vec<Value> {
        match self {
            Self::Exact(exact) => vec![json!(exact)],
            Self::Versioned(name) => {
                vec![json!(name), json!({ "prefix": format!("{name}{CENTURY}") })]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[EventName] = &[
        EventName::Versioned("UpdateDistribution"),
        EventName::Exact("DeleteThing"),
    ];

    fn check(rules: &[EventRule], expected: &[&str]) {
        assert_eq!(patterns(rules.iter()), expected);
    }

    #[test]
    fn rules_are_merged_in_order() {
        let rules = [
            EventRule {
                source: "aws.b",
                names: NAMES,
            },
            EventRule {
                source: "aws.a",
                names: NAMES,
            },
        ];
        let merged = r#"{"source":["aws.a","aws.b"],"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["DeleteThing","UpdateDistribution",{"prefix":"UpdateDistribution20"}],"errorCode":[{"exists":false}]}}"#;
        check(&rules, &[merged]);
        check(&[], &[]);
    }

    #[test]
    fn many_events_take_several_patterns_and_none_is_lost() {
        let name = |index: usize| {
            EventName::Exact(String::leak(format!(
                "PutSomeLoggingConfiguration{index:03}"
            )))
        };
        let names: Vec<_> = (0..200).map(name).collect();
        let rules = [EventRule {
            source: "aws.a",
            names: names.leak(),
        }];
        let patterns = patterns(rules.iter());
        assert!(
            patterns.len() > 1
                && patterns
                    .iter()
                    .all(|pattern| pattern.len() <= MAX_PATTERN_LENGTH)
        );
        let found = patterns
            .iter()
            .map(|pattern| pattern.matches("PutSome").count());
        assert_eq!(found.sum::<usize>(), 200);
    }
}
