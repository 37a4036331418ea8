//! No trail, no events: whether EventBridge hears of this region's calls at all, asked of CloudTrail.

use std::time::Duration;

use logenabler_catalog::{Answers, logs_management_events};
use tfplugin::Diagnostic;
use tokio::time::timeout;

use super::ForwarderCall;
use crate::aws::Aws;

/// An advice is not worth more waiting.
const PATIENCE: Duration = Duration::from_secs(10);

/// Warns where no trail logs management events. Where CloudTrail may not be asked, or does not answer, nothing is said.
pub(super) async fn warn_without_trail(call: &ForwarderCall, region: &str) {
    let aws = call.client();
    if aws.skip_trail_check {
        return;
    }
    if timeout(PATIENCE, is_logged(aws, region)).await == Ok(Some(false)) {
        call.warn(no_trail(region));
    }
}

/// `None` where it cannot be told.
async fn is_logged(aws: &Aws, region: &str) -> Option<bool> {
    let mut said = Answers::default();
    loop {
        match logs_management_events(&said) {
            Ok(is_logged) => return Some(is_logged),
            Err(look_up) => {
                let answer = aws.look_up(region, &look_up).await.ok()?;
                said.insert(look_up, answer);
            }
        }
    }
}

fn no_trail(region: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("No trail logs management events in {region}"),
        "EventBridge hears of an API call only while a trail of CloudTrail logs it, so no event reaches the hub from here \
         and no table is made. Start the logging of a trail that has management events, write or all, in this region; one \
         of all regions will do. To have no trail looked for, set skip_trail_check in the provider block.",
    )
}
