//! What a sweep is told to do. Each order is one run of the function: one for everything gives one for every account, each of those
//! one for every source region, and that one another where its time ends before its work.

use logenabler_catalog::{is_account, is_region, shown};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::tally::Tally;

/// An order; what is left out is everything there is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Order {
    /// Others that may send to the hub, beside its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) accounts: Vec<String>,
    /// An organization of which every account may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) organization_id: Option<String>,
    /// One account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<String>,
    /// One region, of the hub's own account if no other is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    /// How much a page of a list has at most; as much as the service gives, if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) page_size: Option<u32>,
    /// Where a run before this one came to.
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) from: Position,
    /// What came of it so far.
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) tally: Tally,
}

/// How far a sweep of a region has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Position {
    /// The list that it is at; none while it goes through the tables there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) list: Option<String>,
    /// The page of it, in the service's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) page: String,
    /// The last ARN of the page that was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
}

impl Order {
    /// The order in what started the function, if that is one.
    pub(crate) fn parse(payload: &Json) -> Option<Result<Self, String>> {
        let order = payload
            .get("sweep")
            .filter(|_| payload.get("detail-type").is_none())?;
        let read = Self::deserialize(order).map_err(|error| error.to_string());
        Some(read.and_then(Self::checked).map_err(|error| {
            format!("The order of a sweep cannot be read: {error}. Send {{\"sweep\":{{}}}} to sweep every source region.")
        }))
    }

    /// Both become parts of hosts' and roles' names.
    fn checked(self) -> Result<Self, String> {
        let mut accounts = self.accounts.iter().chain(&self.account);
        if let Some(wrong) = accounts.find(|account| !is_account(account)) {
            return Err(format!("{} is not an account", shown(wrong)));
        }
        match self.region.as_ref().filter(|region| !is_region(region)) {
            Some(wrong) => Err(format!("{} is not a region", shown(wrong))),
            None => Ok(self),
        }
    }

    pub(crate) fn payload(&self) -> String {
        json!({ "sweep": self }).to_string()
    }
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_back_as_it_was_written() {
        let order = Order {
            account: Some("123456789012".to_owned()),
            region: Some("eu-west-1".to_owned()),
            from: Position {
                list: Some("buckets".to_owned()),
                page: "x/+= \"".to_owned(),
                after: Some("arn:aws:s3:::b".to_owned()),
            },
            ..Order::default()
        };
        let payload = serde_json::from_str(&order.payload()).unwrap();
        assert_eq!(Order::parse(&payload), Some(Ok(order)));
        assert_eq!(Order::default().payload(), r#"{"sweep":{}}"#);
    }

    #[test]
    fn what_is_no_order_is_none_and_a_wrong_one_says_so() {
        let event = json!({ "detail-type": "x", "sweep": {} });
        for payload in [json!({}), json!([]), event] {
            assert_eq!(Order::parse(&payload), None, "{payload}");
        }
        for wrong in [
            json!(1),
            json!({ "regions": [] }),
            json!({ "accounts": "1" }),
            json!({ "account": "1" }),
            json!({ "region": "x.example.com/" }),
        ] {
            let read = Order::parse(&json!({ "sweep": wrong }));
            assert!(read.is_some_and(|order| order.is_err()), "{wrong}");
        }
    }
}
