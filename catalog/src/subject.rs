//! What an event may have changed, and how to find out. The event itself is only a hint.

use crate::event::Event;
use crate::load_balancer;
use crate::log_types::LOG_TYPES;
use crate::region::Partition;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something whose settings are worth looking up, once per event however many logs it writes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    pub account: String,
    pub region: String,
    pub partition: Partition,
    pub look_up: LookUp,
}

/// The call that tells the truth: one variant per API, not per log type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LookUp {
    /// `elasticloadbalancing:DescribeLoadBalancerAttributes`
    LoadBalancerAttributes { arn: String },
}

/// What the look-up said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// The resource does not exist, or no longer.
    Gone,
    Attributes(BTreeMap<String, String>),
}

/// What the event may have changed; nothing if the call failed ([`Event::failure`]) or concerns no log.
pub fn subjects(event: &Event) -> Vec<Subject> {
    if event.failure().is_some() {
        return Vec::new();
    }
    let found: BTreeSet<_> = LOG_TYPES
        .iter()
        .filter_map(|log_type| log_type.settings.subject(event))
        .collect();
    found.into_iter().collect()
}

/// What the event itself says of its subject's settings, for people who ask what would happen. Tables are made of what
/// was looked up, never of this.
pub fn claimed(event: &Event, subject: &Subject) -> Option<Observed> {
    match &subject.look_up {
        LookUp::LoadBalancerAttributes { .. } => load_balancer::claimed(event),
    }
}

/// The IAM actions that the look-ups need.
pub fn look_up_actions() -> Vec<&'static str> {
    vec!["elasticloadbalancing:DescribeLoadBalancerAttributes"]
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LookUp::LoadBalancerAttributes { arn } = &self.look_up;
        f.write_str(arn)
    }
}
