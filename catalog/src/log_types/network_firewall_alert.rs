//! Alerts of Network Firewall, one JSON object a line: an envelope, and the event as the engine Suricata writes it.
//! What is about the connection's protocol (`http`, `tls`, `dns`) AWS's own statement for the table lacks.

use crate::column::Type::{self, Array, Bigint, Boolean, Int, String, Struct};
use crate::column::{Column, column};
use crate::firewall::{
    self, AVAILABILITY_ZONE, EVENT_TIMESTAMP, FIREWALL_NAME, FirewallLog, REVOCATION_CHECK, TCP,
    TLS_ERROR, layout,
};
use crate::format::{Format, Records};
use crate::layout::Held;
use crate::log_type::{LogType, Scope};
use crate::question::Question;

pub(super) static NETWORK_FIREWALL_ALERT: LogType = LogType {
    name: "network_firewall_alert",
    title: "AWS Network Firewall alert log",
    reference: "https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-logging-contents.html",
    doc: "One record for each time that traffic matched a stateful rule whose action is drop, reject or alert: the connection, the \
          rule, and what is known of the protocol. `event.alert.metadata` and `event.dns` are JSON texts, since rules and \
          versions decide what is in them: read them with `json_extract`.",
    schema_version: "1",
    database: "network_firewall_alert_logs_db",
    table_prefix: "network_firewall_alert_",
    scope: Scope::Regional,
    settings: &FirewallLog {
        kind: "ALERT",
        columns: &firewall::told(Held::Value("alert")),
    },
    vended: None,
    layout: layout(
        "AWSLogs/{account}/network-firewall/alert/{region}/{name}/",
        "2020/11/01/00",
    ),
    format: Format::json(Records::Lines, COLUMNS),
    questions: QUESTIONS,
    sample: include_str!("../../samples/network_firewall_alert.log"),
};

const COLUMNS: &[Column] = &[
    FIREWALL_NAME,
    AVAILABILITY_ZONE,
    EVENT_TIMESTAMP,
    column(
        "event",
        EVENT,
        "The alert: the connection, the rule that matched (alert), what was done with the packet (verdict), and what is known of the \
         protocol (tcp, http, tls, dns). What a record lacks is NULL.",
    ),
];

const EVENT: Type = Struct(&[
    ("timestamp", String),
    ("flow_id", Bigint),
    ("event_type", String),
    ("src_ip", String),
    ("src_port", Int),
    ("dest_ip", String),
    ("dest_port", Int),
    ("proto", String),
    ("icmp_type", Int),
    ("icmp_code", Int),
    ("app_proto", String),
    ("app_proto_ts", String),
    ("app_proto_tc", String),
    ("direction", String),
    ("tx_id", Bigint),
    ("pkt_src", String),
    ("sni", String),
    ("tls_inspected", Boolean),
    ("tls_error", TLS_ERROR),
    ("revocation_check", REVOCATION_CHECK),
    ("alert", ALERT),
    (
        "verdict",
        Struct(&[("action", String), ("reject", Array(&String))]),
    ),
    // A JSON list, itself written as a text.
    ("aws_category", String),
    ("aws_metadata", Struct(&[("resource_arn", String)])),
    ("src_country", String),
    ("dest_country", String),
    ("src_hostname", String),
    ("dest_hostname", String),
    ("user_agent", String),
    ("url", String),
    ("tcp", TCP),
    ("http", HTTP),
    ("tls", TLS),
    ("dns", String),
]);

/// Numbers of rules have 32 bits without a sign, which an int does not hold.
const ALERT: Type = Struct(&[
    ("alert_id", String),
    ("alert_type", String),
    ("action", String),
    ("gid", Bigint),
    ("signature_id", Bigint),
    ("rev", Bigint),
    ("signature", String),
    ("category", String),
    ("severity", Int),
    ("rule_name", String),
    ("alert_name", String),
    ("alert_severity", String),
    ("alert_description", String),
    ("file_name", String),
    ("file_hash", String),
    ("packet_capture", String),
    ("reference_links", Array(&String)),
    ("metadata", String),
]);

const HTTP: Type = Struct(&[
    ("hostname", String),
    ("http_port", Int),
    ("url", String),
    ("http_user_agent", String),
    ("http_content_type", String),
    ("http_refer", String),
    ("http_method", String),
    ("protocol", String),
    ("status", Int),
    ("redirect", String),
    ("length", Bigint),
    ("xff", String),
]);

const TLS: Type = Struct(&[
    ("sni", String),
    ("version", String),
    ("subject", String),
    ("issuerdn", String),
    ("serial", String),
    ("fingerprint", String),
    ("notbefore", String),
    ("notafter", String),
    ("session_resumed", Boolean),
    ("ja3", HASH),
    ("ja3s", HASH),
    ("ja4", String),
]);

const HASH: Type = Struct(&[("hash", String), ("string", String)]);

const QUESTIONS: &[Question] = &[
    Question {
        name: "Alerts by signature",
        doc: "The rules that matched most, and what they did.",
        by: &[
            "{event.alert.signature}",
            "{event.alert.signature_id}",
            "{event.alert.action}",
        ],
        counts: &[
            "count(*) AS alerts",
            "count(DISTINCT {event.src_ip}) AS sources",
        ],
        only: &[],
        first: "alerts DESC",
    },
    Question {
        name: "Blocked by source",
        doc: "Whose traffic was blocked most, and by how many rules.",
        by: &["{event.src_ip}"],
        counts: &[
            "count(*) AS alerts",
            "count(DISTINCT {event.alert.signature_id}) AS rules",
            "count(DISTINCT {event.dest_ip}) AS destinations",
        ],
        only: &["{event.alert.action} = 'blocked'"],
        first: "alerts DESC",
    },
    Question {
        name: "Blocked by destination",
        doc: "Where blocked traffic was to go: server names, where they are known, and addresses.",
        by: &[
            "coalesce({event.tls.sni}, {event.http.hostname}) AS server_name",
            "{event.dest_ip}",
            "{event.dest_port}",
        ],
        counts: &["count(*) AS alerts"],
        only: &["{event.alert.action} = 'blocked'"],
        first: "alerts DESC",
    },
];
