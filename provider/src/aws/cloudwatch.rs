//! How CloudWatch is asked about alarms and dashboards.

use super::Aws;
use super::form::{Asked, Service};

static CLOUDWATCH: Service = Service::new(
    "monitoring",
    "2010-08-01",
    &["ResourceNotFound", "ResourceNotFoundException"],
);

pub(super) fn asked<'a>(aws: &'a Aws, region: &'a str, object: &'a str) -> Asked<'a> {
    Asked {
        service: &CLOUDWATCH,
        aws,
        region,
        object,
    }
}
