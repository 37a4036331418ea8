//! Where there is something to sweep: each account, and in it each region whose rules send to the hub. Nobody keeps a list of
//! them: rules are asked for by their target.

use std::collections::BTreeSet;
use std::sync::Arc;

use logenabler_catalog::{accounts, regions_heard_in, rules_to};

use super::order::Order;
use super::region::ask;
use crate::cloud::{Cloud, CloudError};
use crate::say::Say;

const NO_ROLE: &str = "no forwarder of this account has made a catalog role, so it is not swept; set create_catalog_role in one, or take the account out of the hub's source_account_ids";
const NO_LIST: &str = "the accounts of the organization cannot be listed, so those that source_account_ids does not name are not swept; name them there, or let the hub's account list them as a delegated administrator";

/// The source regions of this account, and the other accounts: each gets its own run.
pub(super) async fn everywhere(
    cloud: &impl Cloud,
    bus: &str,
    own: &str,
    order: &Order,
    say: &Say<'_>,
) -> Result<Vec<String>, CloudError> {
    let mut members: BTreeSet<_> = order.accounts.iter().cloned().collect();
    if order.organization_id.is_some() {
        match ask(cloud, region_of(bus), accounts).await {
            Ok(of_organization) => members.extend(of_organization),
            Err(failure) => say.without(NO_LIST, &failure),
        }
    }
    members.remove(own);
    let mut started = of_account(cloud, cloud, bus, own, order).await?;
    for account in members {
        let order = Order {
            account: Some(account.clone()),
            page_size: order.page_size,
            ..Order::default()
        };
        cloud.start(&order.payload()).await?;
        started.push(account);
    }
    Ok(started)
}

/// The source regions of another account. Any of its catalog roles may ask in all regions; which there are is found out by trying.
pub(super) async fn of_member<C: Cloud>(
    cloud: &C,
    bus: &str,
    account: &str,
    order: &Order,
    say: &Say<'_>,
) -> Result<Vec<String>, CloudError> {
    match any_role(cloud, bus, account).await {
        Ok(there) => of_account(cloud, &*there, bus, account, order).await,
        Err(failure) => {
            say.without(&format!("{account}: {NO_ROLE}"), &failure);
            Ok(Vec::new())
        }
    }
}

/// The hub's own region is where most have one.
async fn any_role<C: Cloud>(cloud: &C, bus: &str, account: &str) -> Result<Arc<C>, CloudError> {
    let home = region_of(bus);
    let first = Box::pin(cloud.member(account, home)).await;
    let Err(failure) = first else {
        return first;
    };
    for region in others(home) {
        if let Ok(member) = Box::pin(cloud.member(account, region)).await {
            return Ok(member);
        }
    }
    Err(failure)
}

/// What cannot be told is started all the same: that run says why it fails, and is tried again.
async fn of_account<C: Cloud>(
    cloud: &C,
    there: &C,
    bus: &str,
    account: &str,
    order: &Order,
) -> Result<Vec<String>, CloudError> {
    let mut started = Vec::new();
    for region in regions_heard_in(region_of(bus)) {
        let rules = ask(there, region, |said| rules_to(bus, said)).await;
        if rules.is_ok_and(|rules| rules.is_empty()) {
            continue;
        }
        let order = Order {
            account: Some(account.to_owned()),
            region: Some(region.to_owned()),
            page_size: order.page_size,
            ..Order::default()
        };
        cloud.start(&order.payload()).await?;
        started.push(format!("{account}/{region}"));
    }
    Ok(started)
}

fn others(home: &str) -> impl Iterator<Item = &'static str> {
    let regions = regions_heard_in(home).into_iter();
    regions.filter(move |region| *region != home)
}

fn region_of(bus: &str) -> &str {
    bus.split(':').nth(3).unwrap_or_default()
}
