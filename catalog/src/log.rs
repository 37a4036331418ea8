//! One log of one resource, whether it is on or not: what is known before anything is looked up.

use crate::delivered;
use crate::delivery;
use crate::event::Event;
use crate::intent::{Intent, Wanted};
use crate::log_type::LogType;
use crate::log_types::LOG_TYPES;
use crate::look_up::{Answers, LookUp};
use crate::marks;
use crate::naming;
use crate::region::Partition;
use crate::subject::Subject;
use crate::table_schema::TableSchema;
use crate::vended::Part;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub struct Log {
    pub log_type: &'static LogType,
    pub resource: Resource,
    /// Where its settings are.
    pub subject: Subject,
    /// A user's changes to the tables of this log type.
    pub schema: TableSchema,
}

/// What writes the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    pub arn: String,
    /// As people know it; part of the table's name.
    pub name: String,
    pub account: String,
    pub region: String,
    pub partition: Partition,
    /// Whether it works for the whole world, and `region` is only where CloudFront is managed from.
    pub global: bool,
}

/// What a subject writes.
#[derive(Debug, Default)]
pub struct Logs {
    /// With the log type's own tables.
    pub known: Vec<Log>,
    /// Vended deliveries that are gone: which logs they carried, only the tables tell that were made of them.
    pub former: Vec<Subject>,
    /// Why there are no others.
    pub reasons: Vec<String>,
}

/// The logs that the subject can write; the error is what has to be looked up first.
pub fn logs(subject: &Subject, answers: &Answers) -> Result<Logs, LookUp> {
    if let Some(part) = Part::of(subject) {
        return delivery::logs(subject, &part, answers);
    }
    let log = |log_type: &&'static LogType| {
        Some(Log {
            log_type,
            resource: log_type.settings.resource(subject)?,
            subject: subject.clone(),
            schema: TableSchema::default(),
        })
    };
    Ok(Logs {
        known: LOG_TYPES.iter().filter_map(log).collect(),
        ..Logs::default()
    })
}

/// The log that a table was made of, by the parameters of that table, if it was made of this delivery.
pub fn former_log(
    log_type: &'static LogType,
    delivery: &Subject,
    parameters: &BTreeMap<String, String>,
) -> Option<Log> {
    let parameter = |key| parameters.get(key).map(String::as_str);
    let made_of_it = parameter(marks::DELIVERY) == Some(&delivery.arn)
        && parameter(marks::LOG_TYPE) == Some(log_type.name);
    let resource = parameter(marks::RESOURCE_ARN).filter(|_| made_of_it)?;
    delivery::log(log_type, delivery, resource)
}

impl Logs {
    pub(crate) fn known(log: Log) -> Self {
        Self {
            known: vec![log],
            ..Self::default()
        }
    }

    pub(crate) fn former(delivery: &Subject) -> Self {
        Self {
            former: vec![delivery.clone()],
            ..Self::default()
        }
    }

    pub(crate) fn none(reason: String) -> Self {
        Self {
            reasons: vec![reason],
            ..Self::default()
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.known.extend(other.known);
        self.former.extend(other.former);
        self.reasons.extend(other.reasons);
    }
}

impl Log {
    pub fn database(&self) -> String {
        self.log_type.database_of(&self.resource, &self.schema)
    }

    pub fn table_name(&self) -> String {
        naming::table_name(self.log_type, &self.resource, &self.schema)
    }

    /// The other resource that writes such a log under that ARN, if it has another name than this one's: one of the same name
    /// is its predecessor.
    pub fn other_resource(&self, arn: &str) -> Option<Resource> {
        let other = Subject {
            arn: arn.to_owned(),
            ..self.subject.clone()
        };
        let other = self.log_type.settings.resource(&other)?;
        (other.name != self.resource.name).then_some(other)
    }

    /// The vended delivery that tells of it, if that is not its resource itself.
    pub fn delivery(&self) -> Option<&str> {
        Part::of(&self.subject).map(|_| self.subject.arn.as_str())
    }

    /// All that it may have: beside the table of that name, the one below it where that can be a view.
    pub fn table_names(&self) -> Vec<String> {
        let name = self.table_name();
        let has_view = self.log_type.may_have_view();
        let below = has_view.then(|| naming::below_view(&name));
        below.into_iter().chain([name]).collect()
    }

    /// What should become of its table, given what was looked up; the error is what has to be looked up first.
    pub fn intent(&self, answers: &Answers) -> Result<Intent, LookUp> {
        let wanted = match (Part::of(&self.subject), &self.log_type.vended) {
            (Some(Part::Delivery(id)), Some(vended)) => {
                delivered::wanted(self, vended, &id, answers)?
            }
            _ => self.log_type.settings.wanted(&self.subject, answers)?,
        };
        if self.delivery().is_some() && wanted == Wanted::Gone {
            // What is delivered no more may be on in the resource's own settings.
            let own = self.of_resource().intent(answers)?;
            if matches!(own.wanted, Wanted::Table(_)) {
                return Ok(own);
            }
        }
        Ok(Intent {
            log: self.clone(),
            wanted,
        })
    }

    /// The same log, as the resource itself tells of it.
    fn of_resource(&self) -> Self {
        let subject = Subject {
            arn: self.resource.arn.clone(),
            ..self.subject.clone()
        };
        Self {
            subject,
            ..self.clone()
        }
    }

    /// What would become of its table if the event told the truth, for people who ask. Tables are made of what was looked
    /// up, never of this.
    pub fn claimed(&self, event: &Event) -> Option<Intent> {
        let wanted = self.log_type.settings.claimed(event)?;
        Some(Intent {
            log: self.clone(),
            wanted,
        })
    }
}
