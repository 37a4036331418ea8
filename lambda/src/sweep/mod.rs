//! A sweep: everything that is there is followed as if an event had named it, for events may be lost, and logs may be older than
//! the hub. What it looks at and writes is what events lead to; only where the subjects come from is different.

mod inventory;
mod order;
mod region;
mod saved;
mod sources;
mod tally;
mod watch;

use std::time::{Duration, Instant};

use logenabler_catalog::Source;
use serde::Serialize;

use crate::cloud::{Cloud, CloudError};
use crate::handle::{Function, Report, Run, rejected};
use crate::say::Say;

pub(crate) use inventory::Inventory;
pub(crate) use order::Order;
pub(crate) use saved::Kept;
use sources::Sources;
pub use tally::{Counts, Tally};

const NO_BUS: &str = "The function does not know its hub's event bus, so it cannot tell which regions send to it. Set LOGENABLER_EVENT_BUS_ARN; terraform apply for the hub does.";
const NO_ACCOUNT: &str =
    "The order of a sweep names no account, and the function's own is not known. Name one.";

/// How far a sweep has come.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Swept {
    /// These accounts and source regions each have their own run now.
    Started(Vec<String>),
    /// Time was short: the rest of the region has its own run now.
    Continued(Tally),
    /// All of a region was looked at.
    Region(Tally),
}

/// Carries out what the order says, as far as the time goes.
pub(crate) async fn sweep(
    cloud: &impl Cloud,
    function: &Function,
    run: &Run<'_>,
    order: Order,
    say: &Say<'_>,
) -> Result<Report, CloudError> {
    let say = say.of_sweep();
    let Some(bus) = &function.event_bus_arn else {
        return Ok(rejected(&say, NO_BUS.to_owned()));
    };
    let Some(account) = order.account.as_deref().or(run.account) else {
        return Ok(rejected(&say, NO_ACCOUNT.to_owned()));
    };
    let is_members = run.account.is_some_and(|own| own != account);
    let clock = Clock::new(run.ends);
    if let Some(region) = order.region.clone() {
        let region = region::Region {
            source: &Source {
                account: account.to_owned(),
                region,
            },
            bus,
            function,
            is_members,
            clock,
        };
        return Ok(Report::Swept(region.sweep(cloud, order, &say).await?));
    }
    let sources = Sources {
        cloud,
        bus,
        order: &order,
        say: &say,
    };
    let started = match &order.account {
        Some(member) if is_members => sources.of_member(member).await,
        Some(own) => sources.of_account(cloud, own).await,
        None => sources.everywhere(account, || clock.is_short()).await,
    };
    let started = started.inspect_err(|failure| say.failed(failure))?;
    Ok(Report::Swept(Swept::Started(started)))
}

/// When to leave the rest to another run.
#[derive(Clone, Copy)]
struct Clock {
    ends: Instant,
    reserve: Duration,
}

impl Clock {
    /// Longer than a call may take, so that Lambda hardly ever ends a run in the midst of something; but never most of its time.
    const RESERVE: Duration = Duration::from_secs(25);

    fn new(ends: Instant) -> Self {
        let left = ends.saturating_duration_since(Instant::now());
        Self {
            ends,
            reserve: Self::RESERVE.min(left * 2 / 5),
        }
    }

    fn is_short(&self) -> bool {
        self.left() <= self.reserve
    }

    fn left(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }
}

#[cfg(test)]
mod tests;
