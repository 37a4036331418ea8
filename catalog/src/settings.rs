//! Where a service keeps the settings of its logs: one implementation for each API, shared by the log types behind it.

use crate::column::Column;
use crate::destination::Destination;
use crate::event::Event;
use crate::intent::Wanted;
use crate::layout::Key;
use crate::listing::Listing;
use crate::log::Resource;
use crate::look_up::{Answers, LookUp};
use crate::pattern::EventRule;
use crate::subject::Subject;
use std::fmt::Debug;

pub(crate) trait Settings: Debug + Sync {
    /// The calls that can change them.
    fn events(&self) -> &'static [EventRule];

    /// The IAM actions that looking them up needs.
    fn look_up_actions(&self) -> &'static [&'static str];

    /// The calls that name all that may write such a log. What is on nowhere may be missing.
    fn listings(&self) -> &'static [Listing] {
        &[]
    }

    /// The ARNs of what one of those calls may have changed.
    fn changed(&self, event: &Event) -> Vec<String>;

    /// Why the call leads to no table although it is listened to: it turns on a log that is never in S3.
    fn never_in_s3(&self, _event: &Event) -> Option<&'static str> {
        None
    }

    /// Partition keys that only some of the log's layouts have.
    fn other_keys(&self) -> &'static [Key] {
        &[]
    }

    /// Whether the log has a view in some of its places, although it has none in its usual one.
    fn may_have_view(&self) -> bool {
        false
    }

    /// The columns of the fields that a log's owner may choose, where there is a choice.
    fn dictionary(&self) -> &'static [Column] {
        &[]
    }

    /// Where the log is, given what the service calls its bucket and its prefix.
    fn destination(&self, bucket: &str, prefix: &str) -> Result<Destination, String> {
        Destination::new(bucket, prefix)
    }

    /// What writes the log, if it is the subject.
    fn resource(&self, subject: &Subject) -> Option<Resource>;

    /// What becomes of the subject's table, or what has to be looked up first.
    fn wanted(&self, subject: &Subject, answers: &Answers) -> Result<Wanted, LookUp>;

    /// The same as the call itself tells it, for people who ask what would happen.
    fn claimed(&self, event: &Event) -> Option<Wanted>;
}
