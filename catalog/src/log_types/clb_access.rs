//! Classic Load Balancer access logs. Fields are separated by spaces, the request and the user agent are in quotes, `-` stands for
//! absent. The last three fields came in 2015.

use crate::classic_load_balancer::ClassicLoadBalancerLog;
use crate::column::{Column, Time, bigint, double, int, string, time};
use crate::format::Format;
use crate::kind::Kind::{ClientText, Decimal, Endpoint, Number, RequestLine, Version, Word};
use crate::load_balancer;
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::tokens::Field::{Many, One};
use crate::tokens::{Field, Tokens};

pub(super) static CLB_ACCESS: LogType = LogType {
    name: "clb_access",
    title: "Classic Load Balancer access log",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html",
    doc: "One record for each request or connection that a Classic Load Balancer received, those it could not read included. \
          Delivered every 60 or 5 minutes, as it is set, best effort, and not compressed. Times are UTC; those of processing are \
          seconds, and -1 where the step did not happen. The user agent and the fields of TLS came in 2015: in older lines they \
          are NULL.",
    schema_version: "1",
    database: "clb_access_logs_db",
    table_prefix: "clb_",
    scope: Scope::Regional,
    settings: &ClassicLoadBalancerLog,
    vended: None,
    layout: load_balancer::layout(
        "2014/03/01",
        "{account}_elasticloadbalancing_{region}_{name}_",
    ),
    format: Format::Tokens(Tokens {
        fixed: FIXED,
        appended: APPENDED,
    }),
    questions: QUESTIONS,
    sample: include_str!("../../samples/clb_access.log"),
};

#[rustfmt::skip]
const FIXED: &[Field] = &[
    One(Word, time("timestamp", Time::Iso, "When the load balancer received the request (ISO 8601, UTC).")),
    One(Word, string("elb_name", "Name of the load balancer.")),
    Many(Endpoint, CLIENT),
    Many(Endpoint, BACKEND),
    One(Decimal, double("request_processing_time", "Seconds from receiving the request, or accepting the connection with TCP, to handing it to an instance; -1 if that never happened.")),
    One(Decimal, double("backend_processing_time", "Seconds until the instance began to answer, or with TCP was connected; -1 if that never happened.")),
    One(Decimal, double("client_response_time", "Seconds from the instance's first byte to the client; -1 if there was no answer.")),
    One(Number, string("elb_response_code", "Status code of the load balancer's response, or - with TCP.")),
    One(Number, string("backend_response_code", "Status code of the instance's response, or - with TCP.")),
    One(Number, bigint("received_bytes", "Bytes received from the client: the request's body or, with TCP, all, headers included.")),
    One(Number, bigint("sent_bytes", "Bytes sent to the client: the response's body or, with TCP, all, headers included.")),
    Many(RequestLine, REQUEST),
];

#[rustfmt::skip]
const APPENDED: &[&[Field]] = &[
    &[
        One(ClientText, string("user_agent", "The client's User-Agent header, or - with TCP.")),
        One(Word, string("ssl_cipher", "Cipher of the TLS connection, or - without TLS.")),
        One(Version, string("ssl_protocol", "Protocol version of the TLS connection, such as TLSv1.2, or - without TLS.")),
    ],
];

#[rustfmt::skip]
const CLIENT: &[Column] = &[
    string("request_ip", "Address of the client, or of the proxy before the load balancer; IPv6 with or without brackets."),
    int("request_port", "Port of the client."),
];

#[rustfmt::skip]
const BACKEND: &[Column] = &[
    string("backend_ip", "Address of the instance, or - if the request reached none."),
    int("backend_port", "Port of the instance."),
];

#[rustfmt::skip]
const REQUEST: &[Column] = &[
    string("request_verb", "HTTP method, or - with TCP or if the request could not be read."),
    string("url", "URL as the client sent it, with protocol, host and port, or - with TCP."),
    string("protocol", "HTTP version, or - with TCP or if the request could not be read."),
];

const QUESTIONS: &[Question] = &[
    Question {
        name: "Top clients",
        doc: "The clients with the most requests, and what was sent to them.",
        by: &["{request_ip}"],
        counts: &[
            "count(*) AS requests",
            "sum({sent_bytes}) AS total_sent_bytes",
        ],
        only: &[],
        first: "requests DESC",
    },
    Question {
        name: "Errors by hour",
        doc: "How many requests the load balancer answered with a server error, hour by hour.",
        by: &[
            "date_trunc('hour', {timestamp}) AS hour",
            "{elb_response_code}",
        ],
        counts: &["count(*) AS requests"],
        only: &["{elb_response_code} LIKE '5%'"],
        first: "hour DESC, requests DESC",
    },
    Question {
        name: "Slowest instances",
        doc: "How long instances took to answer: half of the requests, all but one in a hundred, and the slowest.",
        by: &["{backend_ip}"],
        counts: &[
            "count(*) AS requests",
            "approx_percentile({backend_processing_time}, 0.5) AS median_seconds",
            "approx_percentile({backend_processing_time}, 0.99) AS p99_seconds",
            "max({backend_processing_time}) AS max_seconds",
        ],
        only: &["{backend_processing_time} >= 0"],
        first: "p99_seconds DESC",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Row;
    use std::collections::BTreeMap;

    const BEFORE: &str =
        "2026-03-03T03:03:03.030303Z old-shop 203.0.113.7:51234 - -1 -1 -1 503 0 1 2";

    fn read(line: &str) -> Option<Row<'_>> {
        CLB_ACCESS.read(line.as_bytes())?.ok()
    }

    /// `expected` is the verb, the URL, the protocol, the user agent and the protocol of TLS.
    fn check(line: &str, expected: [&str; 5]) {
        let row = read(line).unwrap_or_else(|| panic!("rejected: {line}"));
        let names = CLB_ACCESS.columns().map(|column| column.name.as_ref());
        let values: BTreeMap<_, _> = names.zip(row.values).collect();
        let value = |name| values[name].map_or("NULL", |bytes| str::from_utf8(bytes).unwrap());
        let names = [
            "request_verb",
            "url",
            "protocol",
            "user_agent",
            "ssl_protocol",
        ];
        assert_eq!(names.map(value), expected, "{line}");
        let others = ["request_ip", "backend_ip", "backend_port", "sent_bytes"];
        assert_eq!(
            others.map(value),
            ["203.0.113.7", "-", "NULL", "2"],
            "{line}"
        );
    }

    fn check_request(request: &str, [verb, url, protocol]: [&str; 3]) {
        let old = format!("{BEFORE} \"{request}\"");
        check(&old, [verb, url, protocol, "NULL", "NULL"]);
        let unreleased = format!("{old} - -");
        check(&unreleased, [verb, url, protocol, "NULL", "NULL"]);
        let new = format!("{old} \"curl\" - TLSv1.2");
        check(&new, [verb, url, protocol, "curl", "TLSv1.2"]);
        let tomorrows = format!("{new} \"new\" 7");
        check(&tomorrows, [verb, url, protocol, "curl", "TLSv1.2"]);
    }

    #[test]
    fn requests_of_every_shape_and_age() {
        check_request(
            "GET http://h:80/ HTTP/1.1",
            ["GET", "http://h:80/", "HTTP/1.1"],
        );
        check_request("- - - ", ["-", "-", "-"]);
        check_request("- http://h:80- -", ["-", "http://h:80-", "-"]);
        check_request("GET http://h:80/ ", ["GET", "http://h:80/", "NULL"]);
        check_request(
            "GET http://h:80/a b HTTP/1.0",
            ["GET", "http://h:80/a b", "HTTP/1.0"],
        );
        check_request(
            r#"GET /"a" b" c HTTP/1.1"#,
            ["GET", r#"/"a" b" c"#, "HTTP/1.1"],
        );
        check_request(r#"GET /a" - HTTP/1.1"#, ["GET", r#"/a" -"#, "HTTP/1.1"]);
    }

    #[test]
    fn quotes_of_user_agents_move_nothing() {
        for agent in [
            "",
            "\"",
            r#"x "y" z"#,
            r#"x "y" z w v 1.0"#,
            r#"\"x\" \"#,
            r#""x""#,
            r#"x" - -"#,
        ] {
            let line = format!("{BEFORE} \"GET / HTTP/1.1\" \"{agent}\" - -");
            check(&line, ["GET", "/", "HTTP/1.1", agent, "-"]);
        }
    }

    /// Each has another reading, or seems to be of another age.
    #[test]
    fn a_line_with_two_readings_is_rejected() {
        for texts in [
            r#""GET /a" "b HTTP/1.1""#,
            r#""GET /a" "b HTTP/1.1" "curl" - -"#,
            r#""GET / HTTP/1.1" "x" "y" - -"#,
            r#""GET / HTTP/1.1" " "y" - -"#,
            r#""GET / HTTP/1.1" "x" - TLSv1.2 "y" - -"#,
            r#""GET / HTTP/1.1" "x" cipher SSLv3 y" - -"#,
        ] {
            let line = format!("{BEFORE} {texts}");
            assert!(read(&line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_line_has_all_of_the_later_fields_or_none() {
        for texts in [r#""GET / HTTP/1.1" "x""#, r#""GET / HTTP/1.1" "x" -"#] {
            let line = format!("{BEFORE} {texts}");
            assert!(read(&line).is_none(), "{line}");
        }
    }

    #[test]
    fn samples_are_of_every_age() {
        let rows = || CLB_ACCESS.sample.lines().filter_map(read);
        let agents = CLB_ACCESS
            .columns()
            .position(|column| column.name == "user_agent")
            .unwrap();
        assert!(rows().any(|row| row.values[agents].is_none()));
        assert!(rows().any(|row| row.unknown_trailing == 0 && row.values[agents].is_some()));
        assert!(rows().any(|row| row.unknown_trailing > 0));
        assert!(rows().count() < CLB_ACCESS.sample.lines().count());
    }
}
