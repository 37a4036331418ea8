//! The Athena workgroup in a source region: in it queries are saved that are for the tables made there.

use crate::Arn;

/// Of every account, and nobody's to make.
const PRIMARY: &str = "primary";

/// Its name, which is the name of the hub's event bus. `None` where Athena lets no workgroup be called so.
pub fn workgroup(bus: &Arn) -> Option<&str> {
    let name = bus.resource.strip_prefix("event-bus/")?;
    let takes = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let valid = (1..=128).contains(&name.len()) && name.bytes().all(takes) && name != PRIMARY;
    valid.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bus: &str, expected: Option<&str>) {
        let arn = format!("arn:aws:events:eu-west-1:123456789012:event-bus/{bus}");
        assert_eq!(workgroup(&arn.parse().unwrap()), expected, "{bus}");
    }

    #[test]
    fn it_is_called_as_the_bus_is_where_athena_takes_that() {
        check("log-enablement-bus", Some("log-enablement-bus"));
        check("My.bus_2", Some("My.bus_2"));
        let longest = "b".repeat(128);
        check(&longest, Some(&longest));
        check(&format!("{longest}b"), None);
        check("aws.partner/example.com/1", None);
        check("büs", None);
        check("primary", None);
    }
}
