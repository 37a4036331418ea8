//! What AWS accepts, said before anything is applied. Each answer is a sentence that tells what would be right.

use logenabler_catalog::{Arn, LogType, Partition, is_region, shown};

pub(crate) type Verdict = Result<(), String>;

/// The days CloudWatch Logs knows.
const RETENTION_DAYS: &[i64] = &[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];
const LOG_LEVELS: &[&str] = &["debug", "info", "warn", "error"];
const ARCHITECTURES: &[&str] = &["arm64", "x86_64"];

pub(crate) fn region(text: &str) -> Verdict {
    holds(
        is_region(text),
        text,
        "is not an AWS region, such as eu-west-1.",
    )
}

pub(crate) fn bus_name(text: &str) -> Verdict {
    // AWS takes 256, but the bus is named in tags and in the schema database as well.
    let named = name(text, 190, "-_.") && text != "default";
    holds(
        named,
        text,
        "is not a name for a bus of your own: 1 to 190 letters, digits, '.', '-' and '_', and not \"default\".",
    )
}

pub(crate) fn rule_name(text: &str) -> Verdict {
    // Room for the suffix of a second and third rule.
    holds(
        name(text, 61, "-_."),
        text,
        "is not a name for a rule: 1 to 61 letters, digits, '.', '-' and '_'.",
    )
}

pub(crate) fn function_name(text: &str) -> Verdict {
    holds(
        name(text, 64, "-_"),
        text,
        "is not a name for a function: 1 to 64 letters, digits, '-' and '_'.",
    )
}

pub(crate) fn bus_arn(text: &str) -> Verdict {
    arn_of(
        text,
        "events",
        "event-bus/",
        "arn:aws:events:eu-west-1:123456789012:event-bus/log-enablement-bus",
    )
}

pub(crate) fn role_arn(text: &str) -> Verdict {
    arn_of(text, "iam", "role/", "arn:aws:iam::123456789012:role/name")
}

pub(crate) fn policy_arn(text: &str) -> Verdict {
    arn_of(
        text,
        "iam",
        "policy/",
        "arn:aws:iam::123456789012:policy/name",
    )
}

/// Whom Lake Formation may let in: a role rather than its session, a user rather than an IAM group.
pub(crate) fn principal(text: &str) -> Verdict {
    let valid = text.parse::<Arn>().is_ok_and(|arn| {
        let is_one = match arn.service.as_str() {
            "iam" => !arn.resource.starts_with("group/") && arn.resource.contains('/'),
            "quicksight" => arn.resource.contains('/'),
            _ => false,
        };
        is_one && !text.contains(char::is_whitespace) && !text.contains('*')
    });
    holds(
        valid,
        text,
        "is no principal of Lake Formation. Give the ARN of a role or user, such as \
         arn:aws:iam::123456789012:role/analyst.",
    )
}

pub(crate) fn topic_arn(text: &str) -> Verdict {
    if text.ends_with(".fifo") {
        return holds(
            false,
            text,
            "is a FIFO topic, which mails cannot be sent from.",
        );
    }
    arn_of(text, "sns", "", "arn:aws:sns:eu-west-1:123456789012:name")
}

/// What is an address to SNS, and can be a tag as well.
pub(crate) fn email(text: &str) -> Verdict {
    let whole = text.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.')
    });
    let valid = whole && !text.contains([' ', ':', '/', '=']) && tag_value(text).is_ok();
    holds(
        valid,
        text,
        "is not an e-mail address, such as logs@example.com.",
    )
}

pub(crate) fn account_id(text: &str) -> Verdict {
    let digits = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    holds(
        digits,
        text,
        "is not an AWS account id: 12 digits, in quotes.",
    )
}

pub(crate) fn organization_id(text: &str) -> Verdict {
    let id = text.strip_prefix("o-").unwrap_or_default();
    let valid = (10..=32).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    holds(
        valid,
        text,
        "is not an organization's id, such as o-a1b2c3d4e5.",
    )
}

pub(crate) fn external_id(text: &str) -> Verdict {
    let valid = (2..=1224).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_+=,.@:/-".contains(c));
    holds(
        valid,
        text,
        "is not an external id: 2 to 1224 letters, digits and any of _+=,.@:/-",
    )
}

pub(crate) fn architecture(text: &str) -> Verdict {
    one_of(text, ARCHITECTURES)
}

pub(crate) fn log_level(text: &str) -> Verdict {
    one_of(text, LOG_LEVELS)
}

pub(crate) fn log_type(text: &str) -> Verdict {
    known_log_type(text).map(|_| ())
}

/// The log type of that name.
pub(crate) fn known_log_type(text: &str) -> Result<&'static LogType, String> {
    if let Some(log_type) = logenabler_catalog::log_type(text) {
        return Ok(log_type);
    }
    let names: Vec<_> = logenabler_catalog::LOG_TYPES
        .iter()
        .map(|log_type| log_type.name)
        .collect();
    let meant = logenabler_catalog::did_you_mean(text)
        .map_or(String::new(), |name| format!(" Did you mean {name:?}?"));
    Err(format!(
        "{} is not a log type.{meant} Known are: {}.",
        shown(text),
        names.join(", ")
    ))
}

pub(crate) fn tag_value(text: &str) -> Verdict {
    let valid = text.chars().count() <= 256
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " _.:/=+-@".contains(c));
    holds(
        valid,
        text,
        "is not a tag value: at most 256 letters, digits, spaces and any of _.:/=+-@",
    )
}

/// A tag key may not pretend to be AWS's, nor one of ours.
pub(crate) fn tag_key(text: &str) -> Verdict {
    let lower = text.to_ascii_lowercase();
    let free = !lower.starts_with("aws:") && !text.starts_with(crate::aws::OWN_PREFIX);
    let valid = free && (1..=128).contains(&text.chars().count()) && tag_value(text).is_ok();
    holds(
        valid,
        text,
        "is not a tag key: 1 to 128 letters, digits, spaces and any of _.:/=+-@, not beginning with aws: or logenabler:",
    )
}

/// How long a session of an assumed role may last.
pub(crate) fn session(text: &str) -> Verdict {
    let valid = humantime::parse_duration(text)
        .is_ok_and(|duration| (900..=43_200).contains(&duration.as_secs()));
    holds(
        valid,
        text,
        "is not a duration between 15m and 12h, such as 1h or 90m.",
    )
}

pub(crate) fn duration(text: &str) -> Verdict {
    let valid = humantime::parse_duration(text).is_ok_and(|duration| !duration.is_zero());
    holds(valid, text, "is not a duration, such as 30s, 5m or 1h30m.")
}

pub(crate) fn retries(times: i64) -> Verdict {
    number(
        times,
        (0..=100).contains(&times),
        "is not between 0 and 100.",
    )
}

pub(crate) fn memory_size(mebibytes: i64) -> Verdict {
    number(
        mebibytes,
        (128..=10_240).contains(&mebibytes),
        "is not between 128 and 10240 MiB.",
    )
}

pub(crate) fn timeout(seconds: i64) -> Verdict {
    number(
        seconds,
        (1..=900).contains(&seconds),
        "is not between 1 and 900 seconds.",
    )
}

pub(crate) fn quiet_days(days: i64) -> Verdict {
    let reason = "is not between 1 and 7 days, nor 0 for no such alarm.";
    number(days, (0..=7).contains(&days), reason)
}

pub(crate) fn concurrency(runs: i64) -> Verdict {
    let most = i64::from(i32::MAX);
    number(runs, (0..=most).contains(&runs), "is not a number of runs.")
}

/// A name or the key of a tag to filter by.
pub(crate) fn filter_name(text: &str) -> Verdict {
    let valid = (1..=128).contains(&text.chars().count());
    holds(valid, text, "is not between 1 and 128 characters long.")
}

/// The value of a tag to filter by.
pub(crate) fn filter_tag(text: &str) -> Verdict {
    let valid = text.chars().count() <= 256;
    holds(valid, text, "is longer than 256 characters.")
}

/// A folder that Athena takes for results, as it gives it back.
pub(crate) fn results_location(text: &str) -> Verdict {
    let place = text.strip_prefix("s3://").unwrap_or_default();
    let (bucket, folder) = place.split_once('/').unwrap_or_default();
    let is_end = |byte: Option<u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric());
    let named = name(bucket, 63, "-.") && bucket.len() >= 3 && !bucket.contains("..");
    let bounded = is_end(bucket.bytes().next()) && is_end(bucket.bytes().last());
    let is_folder = folder.is_empty() || (name(folder, 700, "!-_.*'()=/") && folder.ends_with('/'));
    let no_gap = !folder.starts_with('/') && !folder.contains("//");
    let lower = !bucket.bytes().any(|byte| byte.is_ascii_uppercase());
    holds(
        named && bounded && lower && is_folder && no_gap,
        text,
        "is not a folder for results: s3://bucket/ or s3://bucket/prefix/, with letters, digits and any of !-_.*'()= between the slashes, and one at the end.",
    )
}

pub(crate) fn bytes_scanned(bytes: i64) -> Verdict {
    number(
        bytes,
        bytes >= 10_000_000,
        "is less than the 10000000 bytes that Athena takes at least.",
    )
}

pub(crate) fn retention_days(days: i64) -> Verdict {
    let known: Vec<_> = RETENTION_DAYS.iter().map(i64::to_string).collect();
    let reason = format!(
        "days are none that CloudWatch Logs can keep a log for. It knows: {}.",
        known.join(", ")
    );
    number(days, RETENTION_DAYS.contains(&days), &reason)
}

fn arn_of(text: &str, service: &str, resource: &str, example: &str) -> Verdict {
    let valid = text.parse::<Arn>().is_ok_and(|arn| {
        let name = arn.resource.strip_prefix(resource);
        arn.service == service && name.is_some_and(|name| !name.is_empty()) && placed(&arn)
    });
    holds(
        valid,
        text,
        &format!("is not such an ARN; one looks like {example}."),
    )
}

/// Whether the ARN's region, account and partition can be: IAM is global, and its own policies belong to AWS.
fn placed(arn: &Arn) -> bool {
    if arn.service == "iam" {
        return arn.region.is_empty() && (arn.account == "aws" || account_id(&arn.account).is_ok());
    }
    let partition = Partition::of_region(&arn.region).name;
    is_region(&arn.region) && account_id(&arn.account).is_ok() && arn.partition == partition
}

fn name(text: &str, longest: usize, besides: &str) -> bool {
    (1..=longest).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || besides.contains(c))
}

fn one_of(text: &str, known: &[&str]) -> Verdict {
    holds(
        known.contains(&text),
        text,
        &format!("is not one of {}.", known.join(", ")),
    )
}

pub(crate) fn holds(valid: bool, text: &str, otherwise: &str) -> Verdict {
    if valid {
        Ok(())
    } else {
        Err(format!("{} {otherwise}", shown(text)))
    }
}

fn number(number: i64, valid: bool, otherwise: &str) -> Verdict {
    if valid {
        Ok(())
    } else {
        Err(format!("{number} {otherwise}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Copy + std::fmt::Debug>(validate: fn(T) -> Verdict, right: &[T], wrong: &[T]) {
        for input in right {
            assert_eq!(validate(*input), Ok(()), "{input:?}");
        }
        for input in wrong {
            assert!(validate(*input).is_err(), "{input:?} was accepted");
        }
    }

    #[test]
    fn takes_the_names_and_arns_that_aws_takes() {
        check(
            region,
            &["eu-west-1", "us-gov-west-1", "cn-north-1", "ap-southeast-2"],
            &["", "eu-west", "EU-WEST-1", "eu-west-1a", "x"],
        );
        check(
            bus_name,
            &["log-enablement-bus", "a.b_c"],
            &["", "default", "a/b", "a b", "ü"],
        );
        check(
            function_name,
            &["EventDrivenLogEnabler"],
            &["", "a.b", "a b"],
        );
        check(
            bus_arn,
            &["arn:aws:events:eu-west-1:123456789012:event-bus/b"],
            &[
                "",
                "b",
                "arn:aws:events:eu-west-1:123456789012:rule/b",
                "arn:aws:events:eu-west-1:123456789012:event-bus/",
            ],
        );
    }

    #[test]
    fn takes_the_ids_tags_and_numbers_that_aws_takes() {
        check(
            account_id,
            &["123456789012"],
            &["", "12345678901", "12345678901x"],
        );
        check(
            organization_id,
            &["o-a1b2c3d4e5"],
            &["", "o-", "a1b2c3d4e5", "o-A1B2C3D4E5"],
        );
        check(
            tag_key,
            &["team", "cost:center"],
            &["", "aws:x", "AWS:x", "logenabler:hub", "a\nb"],
        );
        check(memory_size, &[128, 10_240], &[0, -1, 127, 10_241]);
        check(retention_days, &[1, 30, 3653], &[0, 2, 31, -1]);
    }

    #[test]
    fn a_huge_value_does_not_flood_the_screen() {
        let answer = region(&"x".repeat(5 << 20)).unwrap_err();
        assert!(answer.len() < 200, "{} bytes", answer.len());
    }

    #[test]
    fn a_misspelt_log_type_is_answered_with_the_right_one() {
        let answer = log_type("alb_acces").unwrap_err();
        assert!(answer.contains("Did you mean \"alb_access\"?"), "{answer}");
    }
}
