//! Where there is something to sweep: each account, and in it each region whose rules send to the hub. Nobody keeps a list of
//! them: rules are asked for by their target.

use std::collections::BTreeSet;
use std::sync::Arc;

use logenabler_catalog::{Answers, accounts, regions_heard_in, rules_to};

use super::order::Order;
use crate::ask::ask;
use crate::cloud::{Cloud, CloudError};
use crate::say::Say;

const NO_ROLE: &str = "no forwarder of this account has made a catalog role, so it is not swept; set create_catalog_role in one, or take the account out of the hub's source_account_ids";
const NO_LIST: &str = "the accounts of the organization cannot be listed, so those that source_account_ids does not name are not swept; name them there, or let the hub's account list them as a delegated administrator";
const DENIED: &str = "whether rules of this region send to the hub may not be asked, so it is taken for no source region";

/// Where accounts and regions are started from.
pub(super) struct Sources<'a, C> {
    pub(super) cloud: &'a C,
    pub(super) bus: &'a str,
    pub(super) order: &'a Order,
    pub(super) say: &'a Say<'a>,
}

impl<C: Cloud> Sources<'_, C> {
    /// This account and the others: each gets its own run. Where time is short, a run of its own starts the rest.
    pub(super) async fn everywhere(
        &self,
        own: &str,
        is_short_of_time: impl Fn() -> bool,
    ) -> Result<Vec<String>, CloudError> {
        let mut started = Vec::new();
        for account in self.accounts(own).await {
            let from = self.order.from.after.as_ref();
            if from.is_some_and(|after| account <= *after) {
                continue;
            }
            if let Some(last) = started.last().filter(|_| is_short_of_time()) {
                let mut rest = self.order.clone();
                rest.from.after = Some(String::clone(last));
                self.cloud.start(&rest.payload()).await?;
                break;
            }
            self.start(&account, None).await?;
            started.push(account);
        }
        Ok(started)
    }

    async fn accounts(&self, own: &str) -> BTreeSet<String> {
        let mut all: BTreeSet<_> = self.order.accounts.iter().cloned().collect();
        all.insert(own.to_owned());
        if self.order.organization_id.is_some() {
            match ask(
                self.cloud,
                region_of(self.bus),
                &mut Answers::default(),
                accounts,
            )
            .await
            {
                Ok(of_organization) => all.extend(of_organization),
                Err(failure) => self.say.without(NO_LIST, &failure),
            }
        }
        all
    }

    /// The source regions of another account. Any of its catalog roles may ask in all regions; which there are is found out by trying.
    pub(super) async fn of_member(&self, account: &str) -> Result<Vec<String>, CloudError> {
        match self.any_role(account).await {
            Ok(there) => self.of_account(&*there, account).await,
            Err(failure) if is_denied(&failure) => {
                self.say.without(&format!("{account}: {NO_ROLE}"), &failure);
                Ok(Vec::new())
            }
            Err(failure) => Err(failure),
        }
    }

    /// The hub's own region is where most have one.
    async fn any_role(&self, account: &str) -> Result<Arc<C>, CloudError> {
        let home = region_of(self.bus);
        let first = Box::pin(self.cloud.member(account, home)).await;
        let Err(failure) = first else {
            return first;
        };
        let others = regions_heard_in(home).into_iter();
        for region in others.filter(|region| *region != home) {
            match Box::pin(self.cloud.member(account, region)).await {
                Err(denied) if is_denied(&denied) => {}
                found => return found,
            }
        }
        Err(failure)
    }

    /// Some regions may be closed to everybody; all of them being so is a right that is missing. What else cannot be told is started
    /// all the same: that run says why it fails, and is tried again.
    pub(super) async fn of_account(
        &self,
        there: &C,
        account: &str,
    ) -> Result<Vec<String>, CloudError> {
        let (mut started, mut denied, mut answered) = (Vec::new(), None, false);
        for region in regions_heard_in(region_of(self.bus)) {
            let rules = |said: &Answers| rules_to(self.bus, said);
            match ask(there, region, &mut Answers::default(), rules).await {
                Ok(rules) if rules.is_empty() => answered = true,
                Err(failure) if is_denied(&failure) => {
                    self.say
                        .without(&format!("{account}/{region}: {DENIED}"), &failure);
                    denied = Some(failure);
                }
                _ => {
                    answered = true;
                    self.start(account, Some(region)).await?;
                    started.push(format!("{account}/{region}"));
                }
            }
        }
        match denied {
            Some(failure) if !answered => Err(failure),
            _ => Ok(started),
        }
    }

    async fn start(&self, account: &str, region: Option<&str>) -> Result<(), CloudError> {
        let order = Order {
            account: Some(account.to_owned()),
            region: region.map(str::to_owned),
            page_size: self.order.page_size,
            ..Order::default()
        };
        self.cloud.start(&order.payload()).await
    }
}

fn is_denied(failure: &CloudError) -> bool {
    matches!(failure, CloudError::Failed { message, .. } if message.starts_with("AccessDenied"))
}

fn region_of(bus: &str) -> &str {
    bus.split(':').nth(3).unwrap_or_default()
}
