//! What is asked of AWS beside Glue and look-ups, in the words of look-ups.

use logenabler_catalog::{Api, Endpoint, LookUp, Request, Table};
use serde_json::json;

static GLUE: Api = Api {
    name: "glue",
    endpoint: Endpoint::Regional,
    absent: &[super::ABSENT],
};

/// The tables of a database, a page of them. A sweep reads all there are, of each little: making the SDK's types of the rest was a
/// tenth of its processor time.
pub(super) fn tables(database: &str, page: Option<&str>) -> LookUp {
    let mut asked = json!({ "DatabaseName": database });
    if let (Some(page), Some(fields)) = (page, asked.as_object_mut()) {
        fields.insert("NextToken".to_owned(), page.into());
    }
    LookUp {
        api: &GLUE,
        operation: "GetTables",
        request: Request::Json {
            version: "1.1",
            target: "AWSGlue.GetTables",
            body: asked.to_string(),
        },
    }
}

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

static LAKE_FORMATION: Api = Api {
    name: "lakeformation",
    endpoint: Endpoint::Regional,
    absent: &[],
};

/// What reading a table takes. Taken away one by one: a pair that is half there is refused whole.
pub(super) const TO_READ: [&str; 2] = ["SELECT", "DESCRIBE"];

/// Gives a principal a permission on a table, or takes it away.
pub(super) fn permit(table: &Table, principal: &str, permission: &str, may_read: bool) -> LookUp {
    let operation = match may_read {
        true => "GrantPermissions",
        false => "RevokePermissions",
    };
    let body = json!({
        "Principal": { "DataLakePrincipalIdentifier": principal },
        "Resource": { "Table": { "DatabaseName": table.database, "Name": table.name } },
        "Permissions": [permission],
    });
    LookUp {
        api: &LAKE_FORMATION,
        operation,
        request: Request::Post {
            path: format!("/{operation}"),
            header: ("accept", "application/json"),
            body: body.to_string(),
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
        request: Request::form(
            "2010-03-31",
            vec![
                field("TopicArn", topic),
                field("Subject", subject),
                field("Message", message),
            ],
        ),
    }
}
