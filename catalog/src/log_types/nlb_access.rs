//! Network Load Balancer access logs, written by TLS listeners alone. Fields are separated by spaces, `-` stands for absent. What a
//! client wrote is URL-encoded. New fields are only ever appended.

use crate::column::{Column, Time, bigint, double, int, string, time};
use crate::format::Format;
use crate::kind::Kind::{Decimal, Endpoint, Number, Unspaced, Word};
use crate::layout::Held;
use crate::load_balancer::{self, LoadBalancerLog};
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::tokens::Field::{Many, One};
use crate::tokens::{Field, Tokens};
use crate::vended::Vended;

pub(super) static NLB_ACCESS: LogType = LogType {
    name: "nlb_access",
    title: "Network Load Balancer access log",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html",
    doc: "One record for each TLS connection that a client opened to a Network Load Balancer, handshakes that failed included. \
          Only TLS listeners write it: without one the log can be on and no file ever comes. Delivered every five minutes, best \
          effort. Times have no zone and are UTC.",
    schema_version: "1",
    database: "nlb_access_logs_db",
    table_prefix: "nlb_",
    scope: Scope::Regional,
    settings: &LoadBalancerLog {
        kind: "net",
        attributes: "access_logs.s3",
    },
    vended: Some(VENDED),
    layout: load_balancer::layout(
        "2019/01/01",
        "{account}_elasticloadbalancing_{region}_net.{name}.{id}_",
    ),
    format: Format::Tokens(Tokens {
        fixed: FIXED,
        appended: APPENDED,
    }),
    questions: QUESTIONS,
    sample: include_str!("../../samples/nlb_access.log"),
};

const VENDED: Vended = Vended {
    service: "elasticloadbalancing",
    log_type: "NLB_ACCESS_LOGS",
    fields: FIELDS,
    typed: false,
    columns: DELIVERED,
    path: load_balancer::PATH,
    shared: Some(load_balancer::delivered(&[(
        "elb",
        Held::Value("net/{name}/{id}"),
    )])),
};

#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "type", "version", "time", "elb", "listener", "client_port", "destination_port", "connection_time",
    "tls_handshake_time", "received_bytes", "sent_bytes", "incoming_tls_alert", "chosen_cert_arn",
    "chosen_cert_serial", "tls_cipher", "tls_protocol_version", "tls_keyexchange", "domain_name",
    "alpn_fe_protocol", "alpn_be_protocol", "alpn_client_preference_list", "tls_connection_creation_time",
];

/// Where a field is not what the usual format makes of it.
#[rustfmt::skip]
const DELIVERED: &[Column] = &[
    string("listener", "Id of the TLS listener."),
    string("client_port", "Address and port of the client."),
    string("destination_port", "Address and port that the client connected to: the listener's or, through an endpoint service, the VPC endpoint's."),
    double("connection_time", "Milliseconds from the connection's beginning to its end."),
    double("tls_handshake_time", "Milliseconds that the TLS handshake took, delays of the client included."),
    string("chosen_cert_arn", "ARN of the certificate shown to the client, or - if its hello was not valid."),
    string("chosen_cert_serial", "Kept free by AWS: always -."),
    string("tls_cipher", "Cipher suite agreed upon, or - if the handshake failed."),
    string("tls_keyexchange", "Key exchange of the TLS handshake."),
];

#[rustfmt::skip]
const FIXED: &[Field] = &[
    One(Word, string("type", "Type of the listener: always tls.")),
    One(Word, string("version", "Version of the record's format: 2.0, or 1.0 in the oldest.")),
    One(Word, time("time", Time::Iso, "When the connection ended (ISO 8601, UTC, without a zone).")),
    One(Word, string("elb", "The load balancer as net/name/id.")),
    One(Word, string("listener_id", "Id of the TLS listener.")),
    Many(Endpoint, CLIENT),
    Many(Endpoint, TARGET),
    One(Decimal, double("tcp_connection_time_ms", "Milliseconds from the connection's beginning to its end.")),
    One(Decimal, double("tls_handshake_time_ms", "Milliseconds that the TLS handshake took, delays of the client included; NULL if there was none or it failed.")),
    One(Number, bigint("received_bytes", "Bytes received from the client, after decryption.")),
    One(Number, bigint("sent_bytes", "Bytes sent to the client, before encryption.")),
    One(Number, int("incoming_tls_alert", "Number of the TLS alert that the client sent; NULL if it sent none.")),
    One(Word, string("cert_arn", "ARN of the certificate shown to the client, or - if its hello was not valid.")),
    One(Word, string("certificate_serial", "Kept free by AWS: always -.")),
    One(Word, string("tls_cipher_suite", "Cipher suite agreed upon, or - if the handshake failed.")),
    One(Word, string("tls_protocol_version", "TLS version agreed upon, such as tlsv13, or - if the handshake failed.")),
    One(Word, string("tls_named_group", "Key exchange of the TLS handshake, which AWS calls tls_keyexchange now; - in older records.")),
    One(Word, string("domain_name", "Host name that the client gave in the TLS handshake (SNI), URL-encoded, or -.")),
];

#[rustfmt::skip]
const APPENDED: &[&[Field]] = &[
    &[
        One(Word, string("alpn_fe_protocol", "Application protocol agreed upon with the client: h2, http/1.1 or http/1.0, or -.")),
        One(Word, string("alpn_be_protocol", "Application protocol agreed upon with the target: h2, http/1.1 or http/1.0, or -.")),
        One(Unspaced, string("alpn_client_preference_list", "Application protocols that the client offered, each in quotes, separated by commas, URL-encoded and cut at 256 bytes, or -.")),
    ],
    &[
        One(Word, time("tls_connection_creation_time", Time::Iso, "When the connection was opened (ISO 8601, UTC, without a zone).")),
    ],
];

#[rustfmt::skip]
const CLIENT: &[Column] = &[
    string("client_ip", "Address of the client; IPv6 with or without brackets."),
    int("client_port", "Port of the client."),
];

#[rustfmt::skip]
const TARGET: &[Column] = &[
    string("target_ip", "Address that the client connected to: the listener's or, through an endpoint service, the VPC endpoint's."),
    int("target_port", "Port that the client connected to."),
];

const QUESTIONS: &[Question] = &[
    Question {
        name: "TLS failures by client",
        doc: "The clients whose TLS handshake failed most, and the alert that they sent.",
        by: &["{client_ip}", "{incoming_tls_alert}"],
        counts: &["count(*) AS connections"],
        only: &["{tls_protocol_version} IS NULL"],
        first: "connections DESC",
    },
    Question {
        name: "Top talkers by bytes",
        doc: "The clients that sent and got the most bytes.",
        by: &["{client_ip}"],
        counts: &[
            "count(*) AS connections",
            "sum({received_bytes}) AS total_received_bytes",
            "sum({sent_bytes}) AS total_sent_bytes",
        ],
        only: &[],
        first: "total_sent_bytes + total_received_bytes DESC",
    },
    Question {
        name: "TLS versions and ciphers",
        doc: "Which versions and ciphers of TLS clients use: who would be left behind if one were turned off.",
        by: &["{tls_protocol_version}", "{tls_cipher_suite|tls_cipher}"],
        counts: &["count(*) AS connections"],
        only: &[],
        first: "connections DESC",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "tls 2.0 2026-03-03T03:03:03 net/gate/8f7e6d5c4b3a2910 0a1b2c3d4e5f6071";

    /// What a column holds in this line.
    fn check(line: &str, name: &str, expected: &str) {
        let row = NLB_ACCESS.read(line.as_bytes()).unwrap().unwrap();
        let index = NLB_ACCESS.columns().position(|column| column.name == name);
        let value = index.and_then(|index| row.values[index]);
        assert_eq!(
            value.map_or("NULL", |text| str::from_utf8(text).unwrap()),
            expected,
            "{name} of {line}"
        );
    }

    /// The list of protocols is in quotes that belong to it, and is cut where it is too long.
    #[test]
    fn lists_of_protocols_come_out_as_they_are() {
        for list in [
            r#""h2","http/1.1""#,
            "-",
            r#""h2","http/1."#,
            r#""%22%20,""#,
            r#"\"h2\""#,
        ] {
            let line = format!(
                "{START} 203.0.113.7:51234 10.1.2.3:443 14 6 121 377 - - - - tlsv13 - - h2 h2 {list} 2026-03-03T03:03:01"
            );
            check(&line, "alpn_client_preference_list", list);
            check(&line, "tls_connection_creation_time", "2026-03-03T03:03:01");
        }
    }

    #[test]
    fn a_failed_handshake_has_no_numbers() {
        let line = format!("{START} 203.0.113.7:51234 - 17 - 0 0 46 - - - - - - - - -");
        check(&line, "tcp_connection_time_ms", "17");
        check(&line, "tls_handshake_time_ms", "NULL");
        check(&line, "incoming_tls_alert", "46");
        check(&line, "target_ip", "-");
        check(&line, "target_port", "NULL");
        check(&line, "alpn_client_preference_list", "-");
        check(&line, "tls_connection_creation_time", "NULL");
    }

    /// They share the folder where bucket and prefix are the same.
    #[test]
    fn lines_of_other_load_balancers_are_rejected() {
        for other in [
            include_str!("../../samples/alb_access.log"),
            include_str!("../../samples/alb_connection.log"),
            include_str!("../../samples/alb_health_check.log"),
            include_str!("../../samples/clb_access.log"),
        ] {
            for line in other.lines() {
                assert!(NLB_ACCESS.read(line.as_bytes()).unwrap().is_err(), "{line}");
            }
        }
    }
}
