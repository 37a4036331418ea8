//! The first sweep of a region: what was turned on before its forwarder was there has no event to tell of it.

use std::time::Duration;

use logenabler_catalog::Arn;
use tfplugin::Diagnostic;
use tokio::time::timeout;

use super::{ForwarderCall, names::Names};
use crate::aws::{Aws, Failure, event_tags, start_function};
use crate::hub::FUNCTION_TAG;
use crate::sweep;

/// The schedule does it all the same, so it is not worth more waiting.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts it where the hub is in this account, and warns where that cannot be done.
pub(super) async fn start(call: &ForwarderCall, names: &Names, bus: &str) {
    let Some(hub) = bus.parse().ok().filter(|hub| is_here(hub, names)) else {
        return;
    };
    let work = ask_function(call.client(), names, &hub, bus);
    let reason = match timeout(PATIENCE, work).await {
        Ok(Ok(())) => return,
        Ok(Err(failure)) => failure.sentence(),
        Err(_) => format!("AWS did not answer within {} seconds.", PATIENCE.as_secs()),
    };
    call.warn(not_started(&names.region, &reason));
}

/// Another account's function is not for us to start.
fn is_here(hub: &Arn, names: &Names) -> bool {
    hub.account == names.account
}

/// The bus tells its function; one that a hub of Terraform did not make tells none, and may not know of sweeps.
async fn ask_function(aws: &Aws, names: &Names, hub: &Arn, bus: &str) -> Result<(), Failure> {
    let tags = event_tags(aws, &hub.region, bus).await?;
    let Some(function) = tags.get(FUNCTION_TAG) else {
        return Ok(());
    };
    let payload = sweep::of_region(&names.account, &names.region);
    start_function(aws, &hub.region, function, &payload).await
}

fn not_started(region: &str, reason: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The first sweep of {region} was not started"),
        format!(
            "Logs that were on before the forwarder was made have their tables with the hub's next sweep, if it has a \
             schedule. To start it at once, Terraform needs events:ListTagsForResource on the hub's event bus and lambda:InvokeFunction on its \
             function.\n\n{reason}"
        ),
    )
}
