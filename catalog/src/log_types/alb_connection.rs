//! Application Load Balancer connection logs. Fields are separated by spaces, the subject of the client's certificate is in
//! quotes, `-` stands for absent. They lie in the same folders as the access logs; their file names begin with `conn_log_`.

use crate::column::{Time, double, int, string, time};
use crate::format::Format;
use crate::kind::Kind::{ClientText, Decimal, Number, Word};
use crate::layout::Held;
use crate::load_balancer::{self, LoadBalancerLog};
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::tokens::Field::One;
use crate::tokens::{Field, Tokens};
use crate::vended::Vended;

pub(super) static ALB_CONNECTION: LogType = LogType {
    name: "alb_connection",
    title: "Application Load Balancer connection log",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html",
    doc: "One record for each connection that a client opened to an Application Load Balancer, with its TLS handshake and, \
          with mutual TLS, the client's certificate. Delivered every five minutes, best effort. Times are UTC.",
    schema_version: "1",
    database: "alb_connection_logs_db",
    table_prefix: "alb_connection_",
    scope: Scope::Regional,
    settings: &LoadBalancerLog {
        kind: "app",
        attributes: "connection_logs.s3",
    },
    vended: Some(VENDED),
    layout: load_balancer::layout(
        "2023/11/01",
        "conn_log_{account}_elasticloadbalancing_{region}_app.{name}.{id}_",
    ),
    format: Format::Tokens(Tokens {
        fixed: FIXED,
        appended: APPENDED,
    }),
    questions: QUESTIONS,
    sample: include_str!("../../samples/alb_connection.log"),
};

const VENDED: Vended = Vended {
    service: "elasticloadbalancing",
    log_type: "ALB_CONNECTION_LOGS",
    fields: FIELDS,
    typed: false,
    columns: &[],
    path: load_balancer::PATH,
    shared: Some(load_balancer::delivered(&[
        ("elb", Held::Value("app/{name}/{id}")),
        ("listener_port", Held::Anything),
    ])),
};

#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "time", "client_ip", "client_port", "listener_port", "tls_protocol", "tls_cipher", "tls_handshake_latency",
    "leaf_client_cert_subject", "leaf_client_cert_validity", "leaf_client_cert_serial_number", "tls_verify_status",
    "conn_trace_id", "tls_keyexchange", "elb", "ip_address",
];

#[rustfmt::skip]
const FIXED: &[Field] = &[
    One(Word, time("time", Time::Iso, "When the connection was opened, or the attempt failed (ISO 8601, UTC).")),
    One(Word, string("client_ip", "Address of the client; IPv6 without brackets.")),
    One(Number, int("client_port", "Port of the client.")),
    One(Number, int("listener_port", "Port of the load balancer's listener.")),
    One(Word, string("tls_protocol", "Protocol version of the TLS connection, or - without TLS.")),
    One(Word, string("tls_cipher", "Cipher of the TLS connection, or - without TLS.")),
    One(Decimal, double("tls_handshake_latency", "Seconds that the TLS handshake took; NULL without TLS or if it failed.")),
    One(ClientText, string("leaf_client_cert_subject", "Subject of the client's certificate, or - if it showed none.")),
    One(Word, string("leaf_client_cert_validity", "Validity of that certificate as NotBefore=time;NotAfter=time, or -.")),
    One(Word, string("leaf_client_cert_serial_number", "Serial number of that certificate, or -.")),
    One(Word, string("tls_verify_status", "Success, Failed:reason, or - if no certificate was asked for.")),
];

#[rustfmt::skip]
const APPENDED: &[&[Field]] = &[
    &[One(Word, string("conn_trace_id", "Id of the connection; the same in the access log."))],
    &[One(Word, string("tls_keyexchange", "Key exchange of the TLS handshake, or -."))],
    &[One(Word, string("elb", "The load balancer as app/name/id."))],
    &[One(Word, string("ip_address", "Address of the load balancer node that took the connection."))],
];

const QUESTIONS: &[Question] = &[
    Question {
        name: "Failed handshakes by client",
        doc: "The clients whose TLS handshake failed most; on a listener without TLS, those with the most connections.",
        by: &["{client_ip}", "{listener_port}", "{tls_verify_status}"],
        counts: &["count(*) AS connections"],
        only: &["{tls_handshake_latency} IS NULL"],
        first: "connections DESC",
    },
    Question {
        name: "Refused client certificates",
        doc: "The certificates of clients that mutual TLS refused, and why.",
        by: &["{leaf_client_cert_subject}", "{tls_verify_status}"],
        counts: &[
            "count(*) AS connections",
            "count(DISTINCT {client_ip}) AS clients",
        ],
        only: &["{tls_verify_status} LIKE 'Failed%'"],
        first: "connections DESC",
    },
    Question {
        name: "TLS versions and ciphers",
        doc: "Which versions and ciphers of TLS clients use: who would be left behind if one were turned off.",
        by: &["{tls_protocol}", "{tls_cipher}"],
        counts: &[
            "count(*) AS connections",
            "count(DISTINCT {client_ip}) AS clients",
        ],
        only: &[],
        first: "connections DESC",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate is the client's to write; its subject moves no other column, or the line is rejected.
    fn check(subject: &str, status: Option<&str>) {
        let before = "2026-03-03T03:03:03.030303Z 203.0.113.7 51234 443 TLSv1.3 TLS_AES_128_GCM_SHA256 0.004";
        let after =
            "NotBefore=2026-01-01T00:00:00Z;NotAfter=2027-01-01T00:00:00Z 0A1B Success TID_1";
        let line = format!(r#"{before} "{subject}" {after}"#);
        let row = ALB_CONNECTION.read(line.as_bytes()).unwrap().ok();
        let value = |name: &str| {
            let index = ALB_CONNECTION
                .columns()
                .position(|column| column.name == name)?;
            row.as_ref()?.values.get(index).copied().flatten()
        };
        assert_eq!(
            value("tls_verify_status"),
            status.map(str::as_bytes),
            "{line}"
        );
        assert_eq!(
            value("leaf_client_cert_subject"),
            status.map(|_| subject.as_bytes()),
            "{line}"
        );
    }

    /// Row 5 of the original's faults: subjects with spaces were split.
    #[test]
    fn subjects_of_every_shape() {
        check("-", Some("Success"));
        check("CN=shop.example.com,O=Example Ltd,C=DE", Some("Success"));
        check("CN=Größe 日本,O=\\\"quoted\\\", Inc.", Some("Success"));
        check("CN=a\" b c", Some("Success"));
        check("CN=a\" \"b", Some("Success"));
        check("CN=x\" - - Failed:Forged", Some("Success"));
        check("CN=x\" - - Failed:Forged ", None);
    }
}
