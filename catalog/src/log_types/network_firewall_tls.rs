//! TLS events of Network Firewall, one JSON object a line: an envelope, and what went wrong while traffic was decrypted. AWS has no
//! statement for this table.

use crate::column::Type::{self, Bigint, Boolean, String, Struct};
use crate::column::{Column, column};
use crate::firewall::{
    self, AVAILABILITY_ZONE, EVENT_TIMESTAMP, FIREWALL_NAME, FirewallLog, REVOCATION_CHECK,
    TLS_ERROR, layout,
};
use crate::format::{Format, Records};
use crate::layout::Held;
use crate::log_type::{LogType, Scope};
use crate::question::Question;

pub(super) static NETWORK_FIREWALL_TLS: LogType = LogType {
    name: "network_firewall_tls",
    title: "AWS Network Firewall TLS log",
    reference: "https://docs.aws.amazon.com/network-firewall/latest/developerguide/tls-inspection-logging.html",
    doc: "One record for each connection that TLS inspection failed on: an error of the handshake, or a certificate that was revoked or \
          whose state is unknown. Firewalls without TLS inspection write none. Ports are \
          texts here: `event.dest_port = '443'`.",
    schema_version: "1",
    database: "network_firewall_tls_logs_db",
    table_prefix: "network_firewall_tls_",
    scope: Scope::Regional,
    settings: &FirewallLog {
        kind: "TLS",
        // Few of them say what they are.
        columns: &firewall::told(Held::ValueOrNothing("tls")),
    },
    // There was no TLS inspection before.
    vended: None,
    layout: layout(
        "AWSLogs/{account}/network-firewall/tls/{region}/{name}/",
        "2023/03/01/00",
    ),
    format: Format::json(Records::Lines, COLUMNS),
    questions: QUESTIONS,
    sample: include_str!("../../samples/network_firewall_tls.log"),
};

const COLUMNS: &[Column] = &[
    FIREWALL_NAME,
    AVAILABILITY_ZONE,
    EVENT_TIMESTAMP,
    column(
        "event",
        EVENT,
        "The connection, the server name that the client asked for (sni), and either tls_error or revocation_check. What a record \
         lacks is NULL.",
    ),
];

/// The ports are texts in these records, and a server name that is missing is `-` there. Were they numbers here, one such port would
/// end every query that meets it.
const EVENT: Type = Struct(&[
    ("timestamp", String),
    ("flow_id", Bigint),
    ("event_type", String),
    ("src_ip", String),
    ("src_port", String),
    ("dest_ip", String),
    ("dest_port", String),
    ("proto", String),
    ("app_proto", String),
    ("sni", String),
    ("tls_inspected", Boolean),
    ("tls_error", TLS_ERROR),
    ("revocation_check", REVOCATION_CHECK),
]);

const QUESTIONS: &[Question] = &[
    Question {
        name: "Failed connections by server",
        doc: "The servers with which TLS inspection failed most, and the error.",
        by: &["{event.sni}", "{event.tls_error.error_message}"],
        counts: &[
            "count(*) AS connections",
            "count(DISTINCT {event.src_ip}) AS sources",
        ],
        only: &["{event.tls_error.error_message} IS NOT NULL"],
        first: "connections DESC",
    },
    Question {
        name: "Revoked certificates",
        doc: "The servers whose certificate was revoked or of an unknown state, and what was done.",
        by: &[
            "{event.sni}",
            "{event.revocation_check.status}",
            "{event.revocation_check.action}",
        ],
        counts: &["count(*) AS connections"],
        only: &["{event.revocation_check.status} IS NOT NULL"],
        first: "connections DESC",
    },
];
