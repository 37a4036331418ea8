//! What an event may have changed, and how to find out. The event itself is only a hint.

use crate::arn::Arn;
use crate::event::Event;
use crate::log::Resource;
use crate::log_type::LogType;
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
    /// `wafv2:GetLoggingConfiguration`
    WebAclLogging { arn: String },
    /// `cloudfront:GetDistributionConfig`
    Distribution { id: String },
}

/// What the look-up said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// The resource does not exist, or no longer.
    Gone,
    Attributes(BTreeMap<String, String>),
    /// The ARNs of where the log goes; none if it is off.
    Destinations(Vec<String>),
    Logging {
        enabled: bool,
        /// Such as `example-logs.s3.amazonaws.com`.
        bucket_host: String,
        prefix: String,
    },
}

/// What the event may have changed; nothing if the call failed ([`Event::failure`]) or concerns no log.
pub fn subjects(event: &Event) -> Vec<Subject> {
    if event.failure().is_some() {
        return Vec::new();
    }
    let found: BTreeSet<_> = LOG_TYPES
        .iter()
        .filter_map(|log_type| log_type.subject(event))
        .collect();
    found.into_iter().collect()
}

/// What the event itself says of its subject's settings, for people who ask what would happen. Tables are made of what
/// was looked up, never of this.
pub fn claimed(event: &Event, subject: &Subject) -> Option<Observed> {
    let concerned = LOG_TYPES
        .iter()
        .find(|log_type| log_type.subject(event).as_ref() == Some(subject))?;
    concerned.settings.claimed(event)
}

/// The IAM actions that the look-ups need.
pub fn look_up_actions() -> BTreeSet<&'static str> {
    let actions = |log_type: &&LogType| log_type.look_up_actions();
    LOG_TYPES.iter().flat_map(actions).copied().collect()
}

impl Subject {
    /// Whether the ARN is one of this service, in the account and region that the event came from.
    pub(crate) fn owns(&self, arn: &Arn, service: &str) -> bool {
        let here = arn.account == self.account && arn.region == self.region;
        here && arn.partition == self.partition.name && arn.service == service
    }

    pub(crate) fn resource(&self, arn: &str, name: &str, global: bool) -> Resource {
        Resource {
            arn: arn.to_owned(),
            name: name.to_owned(),
            account: self.account.clone(),
            region: self.region.clone(),
            partition: self.partition,
            global,
        }
    }
}

/// The ARN of what is looked up.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (partition, account) = (self.partition.name, &self.account);
        match &self.look_up {
            LookUp::LoadBalancerAttributes { arn } | LookUp::WebAclLogging { arn } => {
                f.write_str(arn)
            }
            LookUp::Distribution { id } => {
                write!(f, "arn:{partition}:cloudfront::{account}:distribution/{id}")
            }
        }
    }
}
