//! Which logs a subject writes. Nearly all name themselves; a vended delivery has to be looked up and, once it is gone, is known
//! by the mark of the table that was made of it.

use logenabler_catalog::{Answers, LOG_TYPES, Log, Logs, Subject, former_log, logs};

use crate::cloud::{Cloud, CloudError};
use crate::say::Say;
use crate::schemas::Known;

/// The logs, with their users' table schemas or why those cannot be had.
pub(crate) async fn find(
    cloud: &impl Cloud,
    schemas: &Known,
    subject: &Subject,
    say: &Say<'_>,
) -> Result<Vec<Result<Log, CloudError>>, CloudError> {
    let found = looked_up(cloud, subject).await?;
    found.reasons.iter().for_each(|reason| say.nothing(reason));
    let mut all = found.known;
    for delivery in &found.former {
        let former = former(cloud, schemas, delivery).await?;
        if former.is_empty() {
            say.nothing("The delivery is gone, and no table was made of it.");
        }
        all.extend(former);
    }
    let with_schema = |log: Log| {
        let schema = schemas.of(log.log_type)?;
        Ok(Log { schema, ..log })
    };
    Ok(all.into_iter().map(with_schema).collect())
}

async fn looked_up(cloud: &impl Cloud, subject: &Subject) -> Result<Logs, CloudError> {
    let mut said = Answers::default();
    loop {
        match logs(subject, &said) {
            Ok(logs) => return Ok(logs),
            Err(look_up) => {
                let answer = cloud.look_up(&subject.region, &look_up).await?;
                said.insert(look_up, answer);
            }
        }
    }
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
        let tables = cloud.parameters(&delivery.region, &database).await?;
        let log = |parameters| former_log(log_type, delivery, parameters);
        found.extend(tables.iter().find_map(log));
    }
    Ok(found)
}
