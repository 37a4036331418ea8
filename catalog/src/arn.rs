//! Amazon Resource Names, taken apart and put together again.

use std::fmt;
use std::str::FromStr;

/// `arn:partition:service:region:account:resource`; region and account are empty for global resources.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    pub partition: String,
    pub service: String,
    pub region: String,
    pub account: String,
    pub resource: String,
}

/// IAM's limit.
const MAX_LENGTH: usize = 2_048;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an ARN: write it as arn:partition:service:region:account:resource")]
pub struct ArnError(String);

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        Self::split(text).ok_or_else(|| ArnError(text.chars().take(100).collect()))
    }
}

impl Arn {
    fn split(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':').map(str::to_owned);
        let arn = Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        let named = [&arn.partition, &arn.service, &arn.resource]
            .iter()
            .all(|part| !part.is_empty());
        let sane =
            text.len() <= MAX_LENGTH && !text.chars().any(|c| c.is_whitespace() || c.is_control());
        (named && sane).then_some(arn)
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            partition,
            service,
            region,
            account,
            resource,
        } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

/// Whether this is how AWS writes accounts.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, resource: Option<&str>) {
        let arn = text.parse::<Arn>();
        assert_eq!(
            arn.as_ref().ok().map(|arn| arn.resource.as_str()),
            resource,
            "{text}"
        );
        if let Ok(arn) = arn {
            assert_eq!(arn.to_string(), text);
        }
    }

    #[test]
    fn parses_what_aws_prints_and_nothing_else() {
        check(
            "arn:aws:events:eu-west-1:123456789012:event-bus/hub",
            Some("event-bus/hub"),
        );
        check("arn:aws-cn:iam::123456789012:role/a", Some("role/a"));
        check(
            "arn:aws:logs:us-east-1:123456789012:log-group:a:*",
            Some("log-group:a:*"),
        );
        check("arn:aws:s3:::bucket", Some("bucket"));
        for text in [
            "",
            "arn",
            "arn:aws",
            "arn:aws:s3:::",
            "arn::s3:::b",
            "ARN:aws:s3:::b",
            "arn:aws:s3:::b c",
            "arn:aws:s3:::b\n",
        ] {
            check(text, None);
        }
    }
}
