//! Which logs a subject writes. Nearly all name themselves; a vended delivery has to be looked up and, once it is gone, is known
//! by the mark of the table that was made of it.

use logenabler_catalog::{Answers, LOG_TYPES, Log, Subject, former_log, logs, marks};

use crate::ask::ask;
use crate::cloud::{Cloud, CloudError, Marked};
use crate::say::Say;
use crate::schemas::Known;

/// The logs, with their users' table schemas or why those cannot be had.
pub(crate) async fn find(
    cloud: &impl Cloud,
    schemas: &Known,
    subject: &Subject,
    say: &Say<'_>,
) -> Result<Vec<Result<Log, CloudError>>, CloudError> {
    let mut said = Answers::default();
    let found = ask(cloud, &subject.region, &mut said, |said| {
        logs(subject, said)
    })
    .await?;
    found.reasons.iter().for_each(|reason| say.nothing(reason));
    let with_schema = |log: Log| {
        let schema = schemas.of(log.log_type)?;
        Ok(Log { schema, ..log })
    };
    let known = found.known.into_iter().map(with_schema).collect();
    let mut all = one_for_each_table(cloud, known).await?;
    for delivery in &found.former {
        let former = former(cloud, schemas, delivery).await?;
        if former.is_empty() {
            say.nothing("The delivery is gone, and no table was made of it.");
        }
        all.extend(former.into_iter().map(with_schema));
    }
    Ok(all)
}

/// Of several deliveries of one log, the one that has the table keeps it where the event was about what they have in common.
async fn one_for_each_table(
    cloud: &impl Cloud,
    mut logs: Vec<Result<Log, CloudError>>,
) -> Result<Vec<Result<Log, CloudError>>, CloudError> {
    let place = |log: &Log| (log.database(), log.table_name());
    let places: Vec<_> = logs.iter().flatten().map(place).collect();
    let [first, _, ..] = &*places else {
        return Ok(logs);
    };
    let region = logs.iter().flatten().next().map(|log| &log.subject.region);
    let Some(region) = region.filter(|_| places.iter().all(|place| place == first)) else {
        return Ok(logs);
    };
    let names = std::slice::from_ref(&first.1);
    let stored = cloud.tables(region, &first.0, names).await?.pop();
    let parameters = stored.map(|stored| stored.table.parameters);
    let on = parameters.filter(|it| it.get(marks::ENABLED).is_some_and(|on| on == "true"));
    let of = on.and_then(|mut parameters| parameters.remove(marks::DELIVERY));
    let has_it = |log: &Log| of.is_some() && log.delivery() == of.as_deref();
    if logs.iter().flatten().any(has_it) {
        logs.retain(|log| log.as_ref().is_ok_and(has_it));
    }
    Ok(logs)
}

/// The logs of the tables that were made of a delivery, wherever one may be.
async fn former(
    cloud: &impl Cloud,
    schemas: &Known,
    delivery: &Subject,
) -> Result<Vec<Log>, CloudError> {
    let mut found = Vec::new();
    let vended = LOG_TYPES.iter().filter(|it| it.vended.is_some());
    for log_type in vended.filter(|it| it.in_region(&delivery.region)) {
        let database = log_type.database(&schemas.of(log_type)?);
        let tables = cloud.marked(&delivery.region, &database).await?;
        let log = |table: &Marked| former_log(log_type, delivery, &table.marks);
        found.extend(tables.iter().find_map(log));
    }
    Ok(found)
}
