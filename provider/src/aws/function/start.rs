//! A function started from outside.

use aws_sdk_lambda::{primitives::Blob, types::InvocationType};
use serde_json::Value as Json;

use crate::aws::{Aws, Failure, send::send};

/// Has Lambda run the function by and by: what becomes of it, the function's log tells.
pub(crate) async fn start_function(
    aws: &Aws,
    region: &str,
    name: &str,
    payload: &Json,
) -> Result<(), Failure> {
    let request = aws.functions(region).invoke().function_name(name);
    let request = request
        .invocation_type(InvocationType::Event)
        .payload(Blob::new(payload.to_string()));
    send!("lambda:Invoke", name, request).map(|_| ())
}
