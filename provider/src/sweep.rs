//! Sweeps: the function looks for logs that were turned on while nobody told it. What it is given to start one.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

/// Of all source regions, in the hub's own account and in these.
pub(crate) fn of_hub(accounts: &BTreeSet<String>, organization: Option<&str>) -> Json {
    let mut of = Map::new();
    if !accounts.is_empty() {
        of.insert("accounts".to_owned(), json!(accounts));
    }
    of.extend(organization.map(|id| ("organization_id".to_owned(), json!(id))));
    json!({ "sweep": of })
}

/// Of one source region.
pub(crate) fn of_region(account: &str, region: &str) -> Json {
    json!({ "sweep": { "account": account, "region": region } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_left_out() {
        let check = |accounts: &[&str], organization: Option<&str>, expected: Json| {
            let accounts = accounts.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(
                of_hub(&accounts, organization),
                json!({ "sweep": expected })
            );
        };
        check(&[], None, json!({}));
        check(&["2"], None, json!({ "accounts": ["2"] }));
        check(
            &["3", "2"],
            Some("o-1"),
            json!({ "accounts": ["2", "3"], "organization_id": "o-1" }),
        );
    }
}
