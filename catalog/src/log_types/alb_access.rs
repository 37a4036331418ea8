//! Application Load Balancer access logs. Fields are separated by spaces, some are in quotes, `-` stands for absent. New ones
//! are only ever appended; those since 2018 are listed in the groups in which they came.

use crate::column::{Column, Time, bigint, double, int, string, time};
use crate::format::Format;
use crate::kind::Kind::{
    ClientText, Decimal, Endpoint, Escaped, MaybeQuoted, Number, Quoted, RequestLine, Targets, Word,
};
use crate::layout::Held;
use crate::load_balancer::{self, LoadBalancerLog};
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::tokens::Field::{Many, One};
use crate::tokens::{Field, Tokens};
use crate::vended::Vended;

pub(super) static ALB_ACCESS: LogType = LogType {
    name: "alb_access",
    title: "Application Load Balancer access log",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
    doc: "One record for each request that an Application Load Balancer received, those it could not read included. \
          Delivered every five minutes, best effort. Times are UTC; those of processing are seconds, and -1 where the \
          step did not happen. Lines since 2018 are read.",
    schema_version: "1",
    database: "alb_access_logs_db",
    table_prefix: "alb_",
    scope: Scope::Regional,
    settings: &LoadBalancerLog {
        kind: "app",
        attributes: "access_logs.s3",
    },
    vended: Some(VENDED),
    layout: load_balancer::layout(
        "2018/01/01",
        "{account}_elasticloadbalancing_{region}_app.{name}.{id}_",
    ),
    format: Format::Tokens(Tokens {
        fixed: FIXED,
        appended: APPENDED,
    }),
    questions: QUESTIONS,
    sample: include_str!("../../samples/alb_access.log"),
};

const VENDED: Vended = Vended {
    service: "elasticloadbalancing",
    log_type: "ALB_ACCESS_LOGS",
    fields: FIELDS,
    typed: false,
    columns: DELIVERED,
    path: load_balancer::PATH,
    shared: Some(load_balancer::delivered(&[
        ("elb", Held::Value("app/{name}/{id}")),
        ("request_line", Held::Anything),
    ])),
};

#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "type", "time", "elb", "client_port", "target_port", "request_processing_time", "target_processing_time",
    "response_processing_time", "elb_status_code", "target_status_code", "received_bytes", "sent_bytes",
    "request_line", "user_agent", "ssl_cipher", "ssl_protocol", "target_group_arn", "trace_id", "domain_name",
    "chosen_cert_arn", "matched_rule_priority", "request_creation_time", "actions_executed", "redirect_url",
    "error_reason", "target_port_list", "target_status_code_list", "classification", "classification_reason",
    "conn_trace_id", "transformed_host", "transformed_uri", "request_transform_status", "ip_address",
];

/// Where a field is not what the usual format makes of it.
#[rustfmt::skip]
const DELIVERED: &[Column] = &[
    string("client_port", "Address and port of the client, or of the proxy before the load balancer."),
    string("target_port", "Address and port of the target, or - if the request reached none."),
    string("request_line", "First line of the request: method, URL and HTTP version."),
    string("error_reason", "Code of the error that a Lambda target, authentication or WAF gave, or -."),
];

#[rustfmt::skip]
const FIXED: &[Field] = &[
    One(Word, string("type", "Protocol of the request: http, https, h2, grpcs, ws or wss.")),
    One(Word, time("time", Time::Iso, "When the response was sent or, for WebSockets, the connection closed (ISO 8601, UTC).")),
    One(Word, string("elb", "The load balancer as app/name/id.")),
    Many(Endpoint, CLIENT),
    Many(Endpoint, TARGET),
    One(Decimal, double("request_processing_time", "Seconds from receiving the request to handing it to a target; -1 if it never got there.")),
    One(Decimal, double("target_processing_time", "Seconds until the target began to answer; -1 if it did not.")),
    One(Decimal, double("response_processing_time", "Seconds from the target's first header byte to the client; -1 if there was no answer.")),
    One(Number, int("elb_status_code", "Status code of the load balancer's response.")),
    One(Number, string("target_status_code", "Status code of the target's response, or - if there was none.")),
    One(Number, bigint("received_bytes", "Bytes received from the client, headers included.")),
    One(Number, bigint("sent_bytes", "Bytes sent to the client, headers included.")),
    Many(RequestLine, REQUEST),
    One(ClientText, string("user_agent", "The client's User-Agent header, cut at 8 KB.")),
    One(Word, string("ssl_cipher", "Cipher of the TLS connection, or - without TLS.")),
    One(Word, string("ssl_protocol", "Protocol version of the TLS connection, or - without TLS.")),
    One(Word, string("target_group_arn", "ARN of the target group.")),
    One(Escaped, string("trace_id", "The X-Amzn-Trace-Id header.")),
    One(Escaped, string("domain_name", "Host name that the client gave in the TLS handshake (SNI), or -.")),
    One(Quoted, string("chosen_cert_arn", "ARN of the certificate shown to the client, session-reused, or -.")),
    One(Number, string("matched_rule_priority", "Priority of the listener rule that matched: 0 is the default rule, -1 an error in the rules.")),
    One(Word, time("request_creation_time", Time::Iso, "When the request was received (ISO 8601, UTC).")),
    One(Quoted, string("actions_executed", "The actions taken, separated by commas, such as waf,forward.")),
    One(Escaped, string("redirect_url", "Where a redirect action sent the client, or -.")),
    One(Quoted, string("lambda_error_reason", "Code of the error that a Lambda target, authentication or WAF gave, or -.")),
];

#[rustfmt::skip]
const APPENDED: &[&[Field]] = &[
    &[
        One(Targets, string("target_port_list", "The targets that processed the request, as address:port.")),
        One(MaybeQuoted, string("target_status_code_list", "The status codes of those targets.")),
    ],
    &[
        One(Quoted, string("classification", "Desync mitigation's verdict: Acceptable, Ambiguous, Severe, or - if the request was fine.")),
        One(Quoted, string("classification_reason", "Code of the reason for that verdict.")),
    ],
    &[
        One(Word, string("conn_trace_id", "Id of the connection; the same in the connection log.")),
    ],
    &[
        One(Escaped, string("transformed_host", "Host header after a transform changed it, or -.")),
        One(Escaped, string("transformed_uri", "URI after a transform changed it, or -.")),
        One(Quoted, string("request_transform_status", "Whether the transforms worked, such as TransformSuccess, or -.")),
    ],
    &[
        One(Word, string("ip_address", "Address of the load balancer node that took the request.")),
    ],
];

#[rustfmt::skip]
const CLIENT: &[Column] = &[
    string("client_ip", "Address of the client, or of the proxy before the load balancer; IPv6 with or without brackets."),
    int("client_port", "Port of the client."),
];

#[rustfmt::skip]
const TARGET: &[Column] = &[
    string("target_ip", "Address of the target, or - if the request reached none or went to a Lambda function."),
    int("target_port", "Port of the target."),
];

#[rustfmt::skip]
const REQUEST: &[Column] = &[
    string("request_verb", "HTTP method, or - if the request could not be read."),
    string("request_url", "URL as the client sent it, with protocol, host and port."),
    string("request_proto", "HTTP version, or - if the request could not be read."),
];

const QUESTIONS: &[Question] = &[
    Question {
        name: "Top clients",
        doc: "The clients with the most requests, and what was sent to them.",
        by: &["{client_ip}"],
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
        by: &["date_trunc('hour', {time}) AS hour", "{elb_status_code}"],
        counts: &["count(*) AS requests"],
        only: &["{elb_status_code} >= 500"],
        first: "hour DESC, requests DESC",
    },
    Question {
        name: "Slowest targets",
        doc: "How long targets took to answer: half of the requests, all but one in a hundred, and the slowest.",
        by: &["{target_ip|target_port}", "{target_group_arn}"],
        counts: &[
            "count(*) AS requests",
            "approx_percentile({target_processing_time}, 0.5) AS median_seconds",
            "approx_percentile({target_processing_time}, 0.99) AS p99_seconds",
            "max({target_processing_time}) AS max_seconds",
        ],
        only: &["{target_processing_time} >= 0"],
        first: "p99_seconds DESC",
    },
    Question {
        name: "Refused requests by URL",
        doc: "The URLs that are refused most, or not there.",
        by: &["{request_url|request_line}", "{elb_status_code}"],
        counts: &["count(*) AS requests"],
        only: &["{elb_status_code} BETWEEN 400 AND 499"],
        first: "requests DESC",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A line of the newest form, whose client sent this.
    fn line(request: &str, user_agent: &str) -> String {
        let before =
            "http 2026-03-03T03:03:03.030303Z app/shop/1a2b 203.0.113.7:51234 - -1 -1 -1 403 - 1 2";
        let after = r#"- - - "Root=1-2" "-" "-" 0 2026-03-03T03:03:03.000000Z "waf" "-" "-""#;
        let appended = r#""-" "-" "-" "-" TID_1 "-" "-" "-" 10.1.0.9"#;
        format!(r#"{before} "{request}" "{user_agent}" {after} {appended}"#)
    }

    /// `expected` is the verb, the URL, the protocol and the user agent.
    fn check(request: &str, user_agent: &str, expected: [&str; 4]) {
        let line = line(request, user_agent);
        let row = ALB_ACCESS.read(line.as_bytes()).unwrap().unwrap();
        let names = ALB_ACCESS.columns().map(|column| column.name.as_ref());
        let values: BTreeMap<_, _> = names.zip(row.values).collect();
        let text = |bytes| str::from_utf8(bytes).unwrap();
        let value = |name| values.get(name).unwrap().map_or("NULL", text);
        let from_client = ["request_verb", "request_url", "request_proto", "user_agent"];
        assert_eq!(from_client.map(value), expected, "{line}");
        let others = ["elb_status_code", "actions_executed", "ip_address"];
        assert_eq!(others.map(value), ["403", "waf", "10.1.0.9"], "{line}");
        assert_eq!(row.unknown_trailing, 0, "{line}");
    }

    #[test]
    fn requests_of_every_shape() {
        check(
            "GET http://h:80/ HTTP/1.1",
            "curl",
            ["GET", "http://h:80/", "HTTP/1.1", "curl"],
        );
        check(
            "GET http://h:80/a b HTTP/2.0",
            "c u r l",
            ["GET", "http://h:80/a b", "HTTP/2.0", "c u r l"],
        );
        check("- http://h:80- -", "-", ["-", "http://h:80-", "-", "-"]);
        check("- http://h:80- - ", "-", ["-", "http://h:80-", "-", "-"]);
        check(
            "GET http://h:80/",
            "-",
            ["GET", "http://h:80/", "NULL", "-"],
        );
        check(
            "GET http://h:80/ ",
            "-",
            ["GET", "http://h:80/", "NULL", "-"],
        );
        check("-", "-", ["-", "NULL", "NULL", "-"]);
    }

    /// Whatever a client puts into its URL and user agent, the other columns stay where they are.
    #[test]
    fn quotes_of_clients_move_nothing() {
        let check_agent = |agent| check("GET / HTTP/1.1", agent, ["GET", "/", "HTTP/1.1", agent]);
        check_agent(r#"""#);
        check_agent(" ");
        check_agent(r#"x "y" z"#);
        check_agent(r#"\"x\" \"#);
        check(r#"GET /" HTTP/1.1"#, "-", ["GET", r#"/""#, "HTTP/1.1", "-"]);
        check(
            r#"GET /a"b" c HTTP/1.1"#,
            "-",
            ["GET", r#"/a"b" c"#, "HTTP/1.1", "-"],
        );
    }

    fn check_rejected(line: &str, column: &str) {
        let reject = ALB_ACCESS.read(line.as_bytes()).unwrap().unwrap_err();
        assert_eq!(reject.column, column, "{line}");
    }

    /// Each could be read with a longer URL, or with a longer user agent.
    #[test]
    fn a_line_with_two_readings_is_rejected() {
        for (request, agent) in [
            (r#"GET /a" "b HTTP/1.1"#, "-"),
            (r#"GET /a HTTP/1.1" "b HTTP/1.1"#, "-"),
            ("GET /a HTTP/1.1", r#"x" "y"#),
            ("GET /a HTTP/1.1", r#" "y"#),
            ("GET /a", r#"x -" "y"#),
            ("GET /a", r#" "y"#),
        ] {
            check_rejected(&line(request, agent), "user_agent");
        }
    }

    #[test]
    fn a_user_agent_that_plays_the_rest_of_the_line_is_rejected() {
        let rest = r#"x" - - - "Root=1" "-" "-" 0 2026-03-03T03:03:03.000000Z "forward" "-" "-""#;
        for agent in [format!(r#"{rest} "y"#), format!(r#"{rest} "-" "-"#)] {
            check_rejected(&line("GET / HTTP/1.1", &agent), "user_agent");
        }
    }

    /// A redirect's URL may repeat the request's quotes: whatever the age of the line, a text too many never passes for
    /// an appended field.
    #[test]
    fn a_text_too_many_is_rejected() {
        let reads = |line: &str| ALB_ACCESS.read(line.as_bytes()).unwrap().is_ok();
        for line in ALB_ACCESS.sample.lines().filter(|line| reads(line)) {
            let (before, actions) = line.split_once("Z \"").unwrap();
            let (actions, after) = actions.split_once("\" \"").unwrap();
            let redirected = |to| format!("{before}Z \"{actions}\" \"{to}{after}");
            assert!(!reads(&redirected(r#"/a" "b"#)), "{line}");
            assert!(reads(&redirected(r#"/a\" \"b"#)), "{line}");
        }
    }

    /// Row 2 of the original's faults: lines of TLS 1.3, and every line since AWS appended a field, were rows of NULLs.
    #[test]
    fn new_ciphers_and_fields_that_nobody_knows_yet_do_no_harm() {
        let newest = line("GET / HTTP/1.1", "curl")
            .replace(" - - - \"Root", " TLS_AES_128_GCM_SHA256 TLSv1.3 - \"Root");
        let row = ALB_ACCESS.read(newest.as_bytes()).unwrap().unwrap();
        assert!(
            row.values
                .contains(&Some("TLS_AES_128_GCM_SHA256".as_bytes()))
        );
        let tomorrows = format!("{newest} \"of tomorrow\" 7");
        let later = ALB_ACCESS.read(tomorrows.as_bytes()).unwrap().unwrap();
        assert_eq!(later.values, row.values);
        assert!(later.unknown_trailing > 0);
    }

    #[test]
    fn groups_that_a_line_lacks_are_null_as_a_whole() {
        let mut lines = ALB_ACCESS.sample.lines();
        let newest = lines
            .find(|line| line.contains("TransformSuccess"))
            .unwrap();
        let whole = ALB_ACCESS.read(newest.as_bytes()).unwrap().unwrap().values;
        let mut line = newest;
        let mut width = whole.len();
        for group in APPENDED.iter().rev() {
            for missing in 1..=group.len() {
                line = line.rsplit_once(' ').unwrap().0;
                if missing < group.len() {
                    assert!(ALB_ACCESS.read(line.as_bytes()).unwrap().is_err(), "{line}");
                }
            }
            width -= group.len();
            let values = ALB_ACCESS.read(line.as_bytes()).unwrap().unwrap().values;
            assert_eq!(values[..width], whole[..width], "{line}");
            assert!(values[width..].iter().all(Option::is_none), "{line}");
        }
        let line = line.rsplit_once(' ').unwrap().0;
        assert!(ALB_ACCESS.read(line.as_bytes()).unwrap().is_err(), "{line}");
    }
}
