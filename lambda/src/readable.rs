//! Whether people will be able to query a table that was made: its bucket may be another account's, far away, or locked with a key.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use logenabler_catalog::{Answers, LogBucket};
use tokio::time::timeout;

use crate::ask::ask;
use crate::cloud::{Cloud, CloudError};
use crate::say::Say;

/// By the region that queries and the bucket.
type Said = BTreeMap<(String, LogBucket), Option<String>>;

/// What was said of buckets in this run: most logs go to one.
#[derive(Debug, Default)]
pub(crate) struct Buckets(Mutex<Said>);

impl Buckets {
    /// What whoever queries a table of this region needs of its bucket, besides the table. That nobody can tell is no failure.
    pub(crate) async fn needs(
        &self,
        cloud: &impl Cloud,
        region: &str,
        bucket: &LogBucket,
        say: &Say<'_>,
    ) -> Option<String> {
        let key = (region.to_owned(), bucket.clone());
        if let Some(said) = self.said().get(&key) {
            return said.clone();
        }
        let needs = timeout(PATIENCE, look_up(cloud, region, bucket)).await;
        let needs = needs.unwrap_or_else(|_| Err(too_slow(bucket)));
        let needs = needs.unwrap_or_else(|failure| {
            say.without(
                "whether Athena can read the bucket cannot be told",
                &failure,
            );
            None
        });
        self.said().insert(key, needs.clone());
        needs
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The table is made, and people wait to hear of it.
const PATIENCE: Duration = Duration::from_secs(4);

fn too_slow(bucket: &LogBucket) -> CloudError {
    CloudError::Failed {
        operation: "s3:GetBucketLocation".to_owned(),
        object: bucket.to_string(),
        message: "S3 answered too slowly".to_owned(),
    }
}

async fn look_up(
    cloud: &impl Cloud,
    region: &str,
    bucket: &LogBucket,
) -> Result<Option<String>, CloudError> {
    let mut said = Answers::default();
    let there = ask(cloud, region, &mut said, |said| bucket.region(said)).await?;
    let key = match &there {
        Some(there) => ask(cloud, there, &mut said, |said| bucket.key(said)).await?,
        None => None,
    };
    Ok(bucket.needs(there.as_deref(), region, key.as_deref()))
}
