//! Which fields a flow log's records have, and how they are written.

use std::borrow::Cow;

use crate::chosen;
use crate::column::Column;
use crate::delimited::Delimited;
use crate::event::find;
use crate::flow_log::{text, texts};
use crate::format::Format;
use crate::shown::shown;
use serde_json::Value;

/// What a flow log has whose owner chose no format.
const DEFAULT: &str = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action \
                       log-status";

/// The same, of a transit gateway or one of its attachments.
const DEFAULT_OF_TRANSIT_GATEWAY: &str = "version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id \
    tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni \
    tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end \
    log-status type packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired \
    tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service";

/// As in `${version} ${account-id}`.
pub(super) fn of(flow_log: &Value) -> Result<impl Iterator<Item = &str>, String> {
    let format = Some(text(flow_log, "logFormat")).filter(|format| !format.trim().is_empty());
    let format = format.or_else(|| default_format(flow_log)).ok_or_else(|| {
        format!(
            "Which fields its records have is not known: it is of {}, and names none. Give it a format of its own to have a \
             table made.",
            shown(text(flow_log, "resourceId"))
        )
    })?;
    Ok(format.split_whitespace())
}

/// What the fields are of a flow log whose owner chose none. The service names the resource, the call its type, too.
fn default_format(flow_log: &Value) -> Option<&'static str> {
    let ids = find(flow_log, &["resourceId"]).map(texts);
    let id = ids.and_then(|ids| ids.first().copied()).unwrap_or_default();
    match id.split('-').next()? {
        "vpc" | "subnet" | "eni" | "nat" => Some(DEFAULT),
        "tgw" => Some(DEFAULT_OF_TRANSIT_GATEWAY),
        _ => None,
    }
}

/// The error is a sentence that says why no table can read them.
pub(super) fn format<'a>(
    fields: impl Iterator<Item = &'a str>,
    encoding: Option<&str>,
    dictionary: &[Column],
) -> Result<Format, String> {
    match encoding {
        None | Some("" | "plain-text") => Ok(Format::Delimited(Delimited {
            separator: ' ',
            header_lines: 1,
            columns: Cow::Owned(chosen::columns(fields, dictionary)),
        })),
        // A column of the wrong type would break every query, and one that is missing breaks none.
        Some("parquet") => match chosen::columns(known(fields, dictionary), dictionary) {
            none if none.is_empty() => Err(
                "All fields of its records came after this version, and Parquet does not say what they are. Install a newer \
                 one to have a table made."
                    .to_owned(),
            ),
            columns => Ok(Format::Parquet {
                columns: Cow::Owned(columns),
            }),
        },
        Some(other) => Err(format!(
            "Its files are written as {}, which came after this version. Install a newer one to have a table made.",
            shown(other)
        )),
    }
}

fn known<'a>(
    fields: impl Iterator<Item = &'a str>,
    dictionary: &[Column],
) -> impl Iterator<Item = &'a str> {
    fields.filter(|field| {
        let name = chosen::column_name(field);
        dictionary.iter().any(|column| column.name == name)
    })
}
