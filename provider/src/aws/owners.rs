//! Whose objects there are in a region: what their owner tags say, each owner once.

use std::collections::BTreeSet;

use super::bus::event_tags;
use super::{Aws, Failure, OWNER_TAG, Tags, send::send};

type Owners = BTreeSet<String>;

/// Of event buses.
pub(crate) async fn of_buses(aws: &Aws, region: &str) -> Result<Owners, Failure> {
    let (mut owners, mut next) = (Owners::new(), None);
    loop {
        let request = aws.events(region).list_event_buses();
        let page = send!(
            "events:ListEventBuses",
            region,
            request.set_next_token(next)
        )?;
        for arn in page.event_buses().iter().filter_map(|bus| bus.arn()) {
            owners.extend(owner(event_tags(aws, region, arn).await?));
        }
        next = page.next_token;
        if next.is_none() {
            return Ok(owners);
        }
    }
}

/// Of rules on the default bus.
pub(crate) async fn of_rules(aws: &Aws, region: &str) -> Result<Owners, Failure> {
    let (mut owners, mut next) = (Owners::new(), None);
    loop {
        let request = aws.events(region).list_rules();
        let page = send!("events:ListRules", region, request.set_next_token(next))?;
        for arn in page.rules().iter().filter_map(|rule| rule.arn()) {
            owners.extend(owner(event_tags(aws, region, arn).await?));
        }
        next = page.next_token;
        if next.is_none() {
            return Ok(owners);
        }
    }
}

/// Of the templates in the schema databases of hubs.
pub(crate) async fn of_templates(aws: &Aws, region: &str) -> Result<Owners, Failure> {
    let mut owners = Owners::new();
    for database in schema_databases(aws, region).await? {
        let mut next = None;
        loop {
            let request = aws.glue(region).get_tables().database_name(&database);
            let page = send!("glue:GetTables", &database, request.set_next_token(next))?;
            let parameters = page
                .table_list
                .into_iter()
                .flatten()
                .filter_map(|table| table.parameters);
            owners.extend(parameters.filter_map(|it| owner(it.into_iter().collect())));
            next = page.next_token;
            if next.is_none() {
                break;
            }
        }
    }
    Ok(owners)
}

async fn schema_databases(aws: &Aws, region: &str) -> Result<Vec<String>, Failure> {
    let (mut databases, mut next) = (Vec::new(), None);
    loop {
        let request = aws.glue(region).get_databases();
        let page = send!("glue:GetDatabases", region, request.set_next_token(next))?;
        let ours = page.database_list.into_iter().filter(|database| {
            let parameters = database.parameters.as_ref();
            parameters.is_some_and(|it| it.contains_key(OWNER_TAG))
        });
        databases.extend(ours.map(|database| database.name));
        next = page.next_token;
        if next.is_none() {
            return Ok(databases);
        }
    }
}

fn owner(mut tags: Tags) -> Option<String> {
    tags.remove(OWNER_TAG)
}
