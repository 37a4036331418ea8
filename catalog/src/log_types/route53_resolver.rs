//! Query logs of Route 53 Resolver, one JSON object a line: what was asked from within a VPC, and answered. Ports come in
//! quotes, and keys that do not apply are left out.

use crate::column::Type::{Array, String, Struct};
use crate::column::{Column, Time, Type, column, int, string, time};
use crate::format::{Format, Records};
use crate::log_type::{LogType, Scope};
use crate::query_log_config::{LAYOUT, QueryLog};
use crate::question::Question;

pub(super) static ROUTE53_RESOLVER: LogType = LogType {
    name: "route53_resolver",
    title: "Route 53 Resolver query log",
    reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html",
    doc: "One record for each DNS query from the VPCs of a query log configuration, but for those that were answered from the \
          Resolver's cache. Each VPC has a folder, and every query has to name one: WHERE vpc = 'vpc-...'. Two \
          configurations with one bucket and prefix, or with one Firehose stream, share their folders, and no record says \
          which of them it was written for: the table of each shows the queries of both. A configuration that came to its VPCs by a Route 53 \
          Profile, or that another account shares, is not followed.",
    schema_version: "1",
    database: "route53_resolver_logs_db",
    table_prefix: "route53_resolver_",
    scope: Scope::Regional,
    settings: &QueryLog,
    vended: None,
    layout: LAYOUT,
    format: Format::json(Records::Lines, COLUMNS),
    questions: QUESTIONS,
    sample: include_str!("../../samples/route53_resolver.log"),
};

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    string("version", "Version of the record's format."),
    string("account_id", "Account of the VPC."),
    string("region", "Region of the VPC."),
    string("vpc_id", "Id of the VPC that the query came from."),
    time("query_timestamp", Time::Iso, "When the query was made (ISO 8601, UTC)."),
    string("query_name", "Name that was asked for, with a dot at its end."),
    string("query_type", "Type of record that was asked for, such as A or AAAA, or its number."),
    string("query_class", "Class of the query, nearly always IN."),
    string("rcode", "Answer's code, such as NOERROR, NXDOMAIN or SERVFAIL."),
    column("answers", ANSWERS, "The records of the answer, in their order."),
    string("srcaddr", "Address that the query came from."),
    int("srcport", "Port that the query came from."),
    string("transport", "UDP or TCP."),
    column("srcids", SOURCES, "What the query came from or through, as far as it is known."),
    string("firewall_rule_action", "What DNS Firewall did, where one of its rules matched: ALERT or BLOCK."),
    string("firewall_rule_group_id", "Rule group of that rule."),
    string("firewall_domain_list_id", "Domain list of that rule."),
    string("resource_id", "Id of the VPC where the configuration came by a Route 53 Profile."),
    column("additional_properties", Struct(&[("is_delayed", String)]), "Whether the record came late."),
];

const ANSWERS: Type = Array(&Struct(&[
    ("rdata", String),
    ("type", String),
    ("class", String),
]));

const SOURCES: Type = Struct(&[
    ("instance", String),
    ("resolver_endpoint", String),
    ("resolver_network_interface", String),
]);

const QUESTIONS: &[Question] = &[
    Question {
        name: "Queries by domain",
        doc: "The names that are asked for most, and by how many clients.",
        by: &["{query_name}", "{query_type}"],
        counts: &[
            "count(*) AS queries",
            "count(DISTINCT {srcaddr}) AS clients",
        ],
        only: &[],
        first: "queries DESC",
    },
    Question {
        name: "Domains that do not exist",
        doc: "Names that were asked for in vain (NXDOMAIN), and by which instance: typing errors, or malware that looks for its home.",
        by: &["{query_name}", "{srcids.instance}"],
        counts: &["count(*) AS queries"],
        only: &["{rcode} = 'NXDOMAIN'"],
        first: "queries DESC",
    },
    Question {
        name: "Matched by DNS Firewall",
        doc: "The names that DNS Firewall blocked or only told of, and who asked.",
        by: &[
            "{firewall_rule_action}",
            "{query_name}",
            "{srcaddr}",
            "{firewall_domain_list_id}",
        ],
        counts: &["count(*) AS queries"],
        only: &["{firewall_rule_action} IS NOT NULL"],
        first: "queries DESC",
    },
];
