//! What an event may have changed. The event itself is only a hint.

use crate::arn::Arn;
use crate::event::Event;
use crate::log::Resource;
use crate::log_type::LogType;
use crate::log_types::LOG_TYPES;
use crate::management_events;
use crate::region::Partition;
use crate::vended;
use std::collections::BTreeSet;
use std::fmt;

/// Something whose settings are worth looking up, once per event however many logs it writes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    pub account: String,
    pub region: String,
    pub partition: Partition,
    /// Of what the settings belong to.
    pub arn: String,
}

/// What the event may have changed; nothing if the call failed ([`Event::failure`]) or concerns no log.
pub fn subjects(event: &Event) -> Vec<Subject> {
    if event.failure().is_some() {
        return Vec::new();
    }
    let found: BTreeSet<_> = LOG_TYPES
        .iter()
        .flat_map(|log_type| log_type.subjects(event))
        .chain(vended::subjects(event))
        .collect();
    found.into_iter().collect()
}

/// Why an event without a subject is one, for people.
pub fn ignored(event: &Event) -> String {
    let never_in_s3 = |log_type: &&LogType| log_type.never_in_s3(event).map(str::to_owned);
    event
        .failure()
        .or_else(|| LOG_TYPES.iter().find_map(never_in_s3))
        .unwrap_or_else(|| "It concerns no log that is known.".to_owned())
}

/// The IAM actions that listings and look-ups need, in this region or, without one, in all.
pub fn look_up_actions(region: Option<&str>) -> BTreeSet<&'static str> {
    let there = |log_type: &&&LogType| region.is_none_or(|region| log_type.in_region(region));
    let actions = |log_type: &&'static LogType| log_type.look_up_actions();
    let of_types = LOG_TYPES.iter().filter(there).flat_map(actions);
    of_types
        .chain(management_events::ACTIONS.iter().copied())
        .collect()
}

impl Subject {
    /// Whether it is something that some log type, or a vended delivery, knows.
    pub(crate) fn writes_logs(&self) -> bool {
        let writes = |log_type: &&LogType| log_type.settings.resource(self).is_some();
        vended::Part::of(self).is_some() || LOG_TYPES.iter().any(writes)
    }

    /// The resource part of the ARN, if it is one of this service, in the account and region that the event came from. ARNs
    /// of buckets name neither.
    pub(crate) fn resource_of(&self, service: &str) -> Option<String> {
        let arn: Arn = self.arn.parse().ok()?;
        let own_region = arn.region == self.region || arn.region.is_empty();
        let here = (arn.account == self.account && own_region)
            || (service == "s3" && arn.account.is_empty() && arn.region.is_empty());
        (here && arn.partition == self.partition.name && arn.service == service)
            .then_some(arn.resource)
    }

    pub(crate) fn resource(&self, name: &str, global: bool) -> Resource {
        Resource {
            arn: self.arn.clone(),
            name: name.to_owned(),
            account: self.account.clone(),
            region: self.region.clone(),
            partition: self.partition,
            global,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.arn)
    }
}
