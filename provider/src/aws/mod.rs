//! AWS as the provider sees it: one configured account, a client per service and region, and the parts a resource is made of.
//!
//! Each module below holds one kind of AWS object as a [`Part`].

mod alarm;
mod bus;
mod client;
mod cloudwatch;
mod dashboard;
mod dead_letters;
mod failure;
mod form;
mod function;
mod log_group;
pub(crate) mod owners;
mod part;
mod policy;
mod queue;
mod retry;
mod role;
mod rule;
mod schema_database;
mod send;
mod tags;
mod template;
mod topic;
mod workgroup;

pub(crate) use alarm::Alarm;
pub(crate) use bus::{Bus, event_tags};
pub(crate) use client::{Account, Aws, arn};
pub(crate) use dashboard::{Dashboard, mark};
pub(crate) use dead_letters::{DeadLetter, DeadLetters};
pub(crate) use failure::{Failure, causes};
pub(crate) use function::{Function, Settings, start_function};
pub(crate) use log_group::LogGroup;
pub(crate) use part::{Part, is_ours, make, refuse, remove, same};
pub(crate) use policy::Policy;
pub(crate) use queue::Queue;
pub(crate) use role::{Boundary, Role};
pub(crate) use rule::{Rule, Target};
pub(crate) use schema_database::SchemaDatabase;
pub(crate) use tags::{OWN_PREFIX, OWNER_TAG, Tags, user_tags};
pub(crate) use template::Template;
pub(crate) use topic::Topic;
pub(crate) use workgroup::Workgroup;
