//! Where a service keeps the settings of its logs: one implementation for each API, shared by the log types behind it.

use crate::event::Event;
use crate::intent::Wanted;
use crate::log::Resource;
use crate::pattern::EventRule;
use crate::subject::{Observed, Subject};
use std::fmt::Debug;

pub(crate) trait Settings: Debug + Sync {
    /// The calls that can change them.
    fn events(&self) -> &'static [EventRule];

    /// The IAM actions that looking them up needs.
    fn look_up_actions(&self) -> &'static [&'static str];

    /// What to look up after one of those calls.
    fn subject(&self, event: &Event) -> Option<Subject>;

    /// What the call itself says of them, for people who ask what would happen.
    fn claimed(&self, event: &Event) -> Option<Observed>;

    /// What writes the log, if it is the subject.
    fn resource(&self, subject: &Subject) -> Option<Resource>;

    /// What becomes of the table of a resource with these settings.
    fn wanted(&self, observed: &Observed) -> Wanted;
}
