//! How long an operation may take: the block `timeouts` of every resource.

use std::future::Future;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tfplugin::{Attribute, Block, Diagnostic, Diagnostics, Path, Value};

use crate::validate;

/// What a resource's model has for it.
pub(crate) type Timeouts = Value<Limits>;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Limits {
    create: Value<String>,
    update: Value<String>,
    delete: Value<String>,
}

/// One of Terraform's operations.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation {
    Create,
    Update,
    Delete,
}

/// Far more than AWS needs, so that nothing waits for ever.
const DEFAULT: Duration = Duration::from_secs(20 * 60);

pub(crate) fn block() -> Block {
    let attribute = |operation: Operation| {
        let doc = format!("Longest {}, such as `5m`. Default: 20m.", operation.name());
        Attribute::string(operation.name(), &doc)
            .optional()
            .validate(validate::duration)
    };
    let operations = [Operation::Create, Operation::Update, Operation::Delete];
    operations.map(attribute).into_iter().fold(
        Block::single("timeouts", "How long operations may take."),
        Block::attribute,
    )
}

/// The work, or an error once it has taken too long. What was made by then is found by the next plan.
pub(crate) async fn within<T>(
    timeouts: &Timeouts,
    operation: Operation,
    work: impl Future<Output = Result<T, Diagnostics>>,
) -> Result<T, Diagnostics> {
    let limit = operation.limit(timeouts);
    let done = tokio::time::timeout(limit, work).await;
    done.unwrap_or_else(|_| Err(too_long(operation, limit).into()))
}

impl Operation {
    fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    fn limit(self, timeouts: &Timeouts) -> Duration {
        let of_it = |limits: &Limits| {
            let text = match self {
                Self::Create => &limits.create,
                Self::Update => &limits.update,
                Self::Delete => &limits.delete,
            };
            humantime::parse_duration(text.as_str()?).ok()
        };
        timeouts.known().and_then(of_it).unwrap_or(DEFAULT)
    }
}

fn too_long(operation: Operation, limit: Duration) -> Diagnostic {
    let (name, limit) = (operation.name(), humantime::format_duration(limit));
    let next = match operation {
        Operation::Create => {
            "What was made is remembered: the next apply removes it and makes it anew. Where AWS is slow, raise the limit."
        }
        Operation::Update => {
            "Apply again: it goes on from what is there. Where AWS is slow, raise the limit."
        }
        Operation::Delete => {
            "Destroy again: it goes on from what is there. Where AWS is slow, raise the limit, and apply that first."
        }
    };
    Diagnostic::error(format!("The {name} took longer than {limit}"), next)
        .at(Path::attribute("timeouts").field(name))
}
