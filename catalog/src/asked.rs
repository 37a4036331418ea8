//! A log as somebody describes it, for people who ask what its table would be. Tables that are made follow from look-ups.

use crate::arn::{Arn, is_account};
use crate::intent::{Intent, Wanted};
use crate::log::Log;
use crate::log_type::{LogType, Scope};
use crate::naming;
use crate::region::{Partition, is_region};
use crate::shown::shown;
use crate::subject::Subject;
use crate::table::Tables;
use crate::table_schema::TableSchema;

/// Account and region of a resource whose ARN does not say them, as a bucket's does not; empty where nobody knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Home<'a> {
    pub account: &'a str,
    pub region: &'a str,
}

impl Log {
    /// The log of that type which the resource of that ARN writes. What the ARN says of its home is what counts.
    pub fn of(log_type: &'static LogType, arn: &str, home: Home) -> Result<Self, String> {
        let subject = subject(log_type, arn, home)?;
        let resource = log_type.settings.resource(&subject);
        let resource = resource.ok_or_else(|| {
            let what = "is not the ARN of anything that writes a log of the type";
            format!("{} {what} {}.", shown(arn), log_type.name)
        })?;
        Ok(Self {
            log_type,
            resource,
            subject,
            schema: TableSchema::default(),
        })
    }

    /// The name of its table, which may depend on its home.
    pub fn told_name(&self) -> Result<String, String> {
        if !naming::is_plain(self.log_type, &self.resource, &self.schema) {
            self.needs_home()?;
        }
        Ok(self.table_name())
    }

    /// Its tables if it goes there in the log type's usual form.
    pub fn tables_at(&self, bucket: &str, prefix: &str) -> Result<Tables, String> {
        self.needs_home()?;
        let destination = self.log_type.settings.destination(bucket, prefix)?;
        let intent = Intent {
            log: self.clone(),
            wanted: Wanted::Table(destination.into()),
        };
        let none = || format!("{} has no table.", self.subject);
        intent.tables().ok_or_else(none)
    }

    fn needs_home(&self) -> Result<(), String> {
        let Subject {
            account, region, ..
        } = &self.subject;
        if account.is_empty() || region.is_empty() {
            return Err(format!(
                "{} does not say its account and region. Give both, beside it.",
                self.subject
            ));
        }
        Ok(())
    }
}

fn subject(log_type: &LogType, arn: &str, home: Home) -> Result<Subject, String> {
    let arn: Arn = arn.parse().map_err(|error| format!("{error}."))?;
    let partition = Partition::named(&arn.partition);
    let partition = partition.ok_or_else(|| {
        format!(
            "{} is no partition of AWS: write it as in {}.",
            shown(&arn.partition),
            "arn:aws:s3:::bucket"
        )
    })?;
    let global = partition.home_of_global();
    let region = match global.filter(|_| log_type.scope == Scope::Global) {
        Some(global) => global,
        None => home.region,
    };
    let subject = Subject {
        account: told_or(&arn.account, home.account),
        region: told_or(&arn.region, region),
        arn: arn.to_string(),
        partition,
    };
    match fault(&subject) {
        Some(fault) => Err(fault),
        None => Ok(subject),
    }
}

fn told_or(told: &str, otherwise: &str) -> String {
    let text = if told.is_empty() { otherwise } else { told };
    text.to_owned()
}

/// What is wrong with its home, as far as that is known.
fn fault(subject: &Subject) -> Option<String> {
    let Subject {
        account,
        region,
        partition,
        ..
    } = subject;
    let there = is_region(region) && Partition::of_region(region) == *partition;
    if !account.is_empty() && !is_account(account) {
        Some(format!(
            "{} is not an account: write its 12 digits.",
            shown(account)
        ))
    } else if !region.is_empty() && !there {
        Some(format!(
            "{} is not a region of the partition {}.",
            shown(region),
            partition.name
        ))
    } else {
        None
    }
}
