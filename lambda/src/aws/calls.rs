//! What is asked of AWS beside Glue and look-ups, in the words of look-ups.

use logenabler_catalog::{Api, Endpoint, LookUp, Request};

static LAMBDA: Api = Api {
    name: "lambda",
    endpoint: Endpoint::Regional,
    absent: &[],
};

/// Starts a function some time soon; Lambda keeps the payload until it succeeded, or puts it among the dead letters.
pub(super) fn start(function: &str, payload: &str) -> LookUp {
    LookUp {
        api: &LAMBDA,
        operation: "InvokeFunction",
        request: Request::Post {
            path: format!("/2015-03-31/functions/{function}/invocations"),
            header: ("x-amz-invocation-type", "Event"),
            body: payload.to_owned(),
        },
    }
}

static SNS: Api = Api {
    name: "sns",
    endpoint: Endpoint::Regional,
    absent: &[],
};

/// Sends a message to all who have subscribed.
pub(super) fn publish(topic: &str, subject: &str, message: &str) -> LookUp {
    let field = |name, text: &str| (name, text.to_owned());
    LookUp {
        api: &SNS,
        operation: "Publish",
        request: Request::Form {
            version: "2010-03-31",
            fields: vec![
                field("TopicArn", topic),
                field("Subject", subject),
                field("Message", message),
            ],
        },
    }
}
