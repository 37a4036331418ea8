//! Flows of Network Firewall, one JSON object a line: an envelope, and one direction of a connection as the engine Suricata
//! writes it.

use crate::column::Type::{self, Bigint, Boolean, Int, String, Struct};
use crate::column::{Column, column};
use crate::firewall::{
    self, AVAILABILITY_ZONE, EVENT_TIMESTAMP, FIREWALL_NAME, FirewallLog, TCP, layout,
};
use crate::format::{Format, Records};
use crate::layout::Held;
use crate::log_type::{LogType, Scope};
use crate::question::Question;

pub(super) static NETWORK_FIREWALL_FLOW: LogType = LogType {
    name: "network_firewall_flow",
    title: "AWS Network Firewall flow log",
    reference: "https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-logging-contents.html",
    doc: "One record for each direction of each connection that reached the stateful engine: addresses, packets, bytes and how long it \
          took. The two directions share `event.flow_id`. TCP's flags are in `event.tcp`, not in `event.netflow` as AWS's own \
          statement for the table has them.",
    schema_version: "1",
    database: "network_firewall_flow_logs_db",
    table_prefix: "network_firewall_flow_",
    scope: Scope::Regional,
    settings: &FirewallLog {
        kind: "FLOW",
        columns: &firewall::told(Held::Value("netflow")),
    },
    vended: None,
    layout: layout(
        "AWSLogs/{account}/network-firewall/flow/{region}/{name}/",
        "2020/11/01/00",
    ),
    format: Format::json(Records::Lines, COLUMNS),
    questions: QUESTIONS,
    sample: include_str!("../../samples/network_firewall_flow.log"),
};

const COLUMNS: &[Column] = &[
    FIREWALL_NAME,
    AVAILABILITY_ZONE,
    EVENT_TIMESTAMP,
    column(
        "event",
        EVENT,
        "One direction of a connection: its addresses, what was counted (netflow), and the flags that TCP had set (tcp). What a \
         record lacks is NULL.",
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
    ("tls_inspected", Boolean),
    ("netflow", NETFLOW),
    ("tcp", TCP),
]);

/// A busy connection sends more packets than an int holds.
const NETFLOW: Type = Struct(&[
    ("pkts", Bigint),
    ("bytes", Bigint),
    ("start", String),
    ("end", String),
    ("age", Int),
    ("min_ttl", Int),
    ("max_ttl", Int),
    ("tx_cnt", Bigint),
]);

const QUESTIONS: &[Question] = &[
    Question {
        name: "Top talkers by bytes",
        doc: "Between whom the most bytes went.",
        by: &["{event.src_ip}", "{event.dest_ip}"],
        counts: &[
            "sum({event.netflow.bytes}) AS total_bytes",
            "sum({event.netflow.pkts}) AS total_packets",
        ],
        only: &[],
        first: "total_bytes DESC",
    },
    Question {
        name: "Traffic by port",
        doc: "Which ports and protocols are used, and how much.",
        by: &["{event.dest_port}", "{event.proto}", "{event.app_proto}"],
        counts: &[
            "count(DISTINCT {event.flow_id}) AS flows",
            "sum({event.netflow.bytes}) AS total_bytes",
        ],
        only: &[],
        first: "flows DESC",
    },
];
