//! AWS WAF logs of web ACLs, one JSON object a line. Keys come and go: those that a record lacks are NULL, those unknown are
//! passed over. AWS's own statement for the table lacks the keys that are last here.

use crate::column::Type::{self, Array, Int, String, Struct};
use crate::column::{Column, Time, column, int, string, time};
use crate::format::{Format, Records};
use crate::layout::{Layout, Projection};
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::web_acl::WebAclLog;

pub(super) static WAF: LogType = LogType {
    name: "waf",
    title: "AWS WAF log",
    reference: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html",
    doc: "One record for each request that a web ACL inspected, unless the logging filter drops it: what the request was, which \
          rules matched, and what was done. Delivered every five minutes to the web ACL's own folder. Web ACLs of CloudFront \
          have their tables in a database of their own, in the region from which CloudFront is managed.",
    schema_version: "1",
    database: "acl_traffic_logs_db",
    table_prefix: "waf_",
    scope: Scope::Both {
        global_database: "acl_global_traffic_logs_db",
    },
    settings: &WebAclLog,
    vended: None,
    layout: Layout::dated(
        "AWSLogs/{account}/WAFLogs/{region}/{name}/",
        "${log_time}",
        Projection {
            key: string(
                "log_time",
                "Time of delivery (UTC) as yyyy/MM/dd/HH/mm; bound it in every query to read those folders only.",
            ),
            format: "yyyy/MM/dd/HH/mm",
            since: "2021/11/01/00/00",
            unit: "MINUTES",
        },
    ),
    format: Format::json(Records::Lines, COLUMNS),
    questions: QUESTIONS,
    sample: include_str!("../../samples/waf.log"),
};

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    time("timestamp", Time::Millis, "When the request was inspected, in milliseconds since 1970."),
    int("formatversion", "Version of the record's format."),
    string("webaclid", "ARN of the web ACL."),
    string("terminatingruleid", "The rule that ended the inspection, or Default_Action."),
    string("terminatingruletype", "Type of that rule: REGULAR, RATE_BASED, GROUP or MANAGED_RULE_GROUP."),
    string("action", "What was done with the request: ALLOW, BLOCK, CAPTCHA or CHALLENGE."),
    column("terminatingrulematchdetails", MATCHES, "What that rule found, if it looks for SQL injection or scripts."),
    string("httpsourcename", "What the request was for: CF, APIGW, ALB, APPSYNC, COGNITOIDP, APPRUNNER or VERIFIED_ACCESS."),
    string("httpsourceid", "Id of that distribution, load balancer, API and so on."),
    column("rulegrouplist", RULE_GROUPS, "The rule groups that acted on the request, with the rules that matched."),
    column("ratebasedrulelist", RATE_BASED_RULES, "The rate-based rules that acted on the request."),
    column("nonterminatingmatchingrules", Array(&Struct(MATCHING_RULE)), "The rules that matched and let the inspection go on."),
    column("requestheadersinserted", PAIRS, "Headers that a rule inserted."),
    string("responsecodesent", "Status code of the custom response, if there was one."),
    column("httprequest", HTTP_REQUEST, "The request itself, without the fields that are redacted."),
    column("labels", Array(&Struct(&[("name", String)])), "The labels on the request."),
    column("captcharesponse", ANSWER, "Outcome of a CAPTCHA."),
    column("challengeresponse", ANSWER, "Outcome of a silent challenge."),
    string("ja3fingerprint", "JA3 fingerprint of the TLS handshake."),
    string("ja4fingerprint", "JA4 fingerprint of the TLS handshake."),
    string("oversizefields", "JSON list of the parts of the request that were larger than what is inspected."),
    int("requestbodysize", "Bytes of the request's body."),
    int("requestbodysizeinspectedbywaf", "How many of them were inspected."),
    string("cfdistributiontenantid", "Id of the CloudFront distribution tenant."),
    string("clientasn", "Autonomous system number of the client's address, if a rule asks for it."),
    string("forwardedasn", "Autonomous system number of the forwarded address, if a rule asks for it."),
    column("monetizeverifyresponse", MONETIZE, "Outcome of verifying a payment."),
];

const PAIRS: Type = Array(&Struct(&[("name", String), ("value", String)]));

const MATCHES: Type = Array(&Struct(&[
    ("conditiontype", String),
    ("sensitivitylevel", String),
    ("location", String),
    ("matcheddata", Array(&String)),
]));

const ANSWER: Type = Struct(&[
    ("responsecode", String),
    ("solvetimestamp", String),
    ("failurereason", String),
]);

const MATCHING_RULE: &[(&str, Type)] = &[
    ("ruleid", String),
    ("action", String),
    ("overriddenaction", String),
    ("rulematchdetails", MATCHES),
    ("challengeresponse", ANSWER),
    ("captcharesponse", ANSWER),
];

const RULE_GROUPS: Type = Array(&Struct(&[
    ("rulegroupid", String),
    (
        "terminatingrule",
        Struct(&[
            ("ruleid", String),
            ("action", String),
            ("rulematchdetails", MATCHES),
        ]),
    ),
    ("nonterminatingmatchingrules", Array(&Struct(MATCHING_RULE))),
    ("excludedrules", String),
    ("customerconfig", String),
]));

/// Some values are numbers in one record and texts in another: as texts both are read.
const RATE_BASED_RULES: Type = Array(&Struct(&[
    ("ratebasedruleid", String),
    ("ratebasedrulename", String),
    ("limitkey", String),
    ("limitvalue", String),
    ("maxrateallowed", Int),
    ("evaluationwindowsec", String),
    (
        "customvalues",
        Array(&Struct(&[
            ("key", String),
            ("name", String),
            ("value", String),
        ])),
    ),
]));

const HTTP_REQUEST: Type = Struct(&[
    ("clientip", String),
    ("country", String),
    ("headers", PAIRS),
    ("uri", String),
    ("args", String),
    ("httpversion", String),
    ("httpmethod", String),
    ("requestid", String),
    ("fragment", String),
    ("scheme", String),
    ("host", String),
]);

const MONETIZE: Type = Struct(&[
    ("verificationstatus", String),
    ("failurereason", String),
    ("chainname", String),
    ("network", String),
    ("amount", String),
    ("currency", String),
    ("asset", String),
    ("payeraddress", String),
    ("idempotencykey", String),
    ("currencymode", String),
]);

const QUESTIONS: &[Question] = &[
    Question {
        name: "Blocked by rule",
        doc: "The rules that blocked the most requests.",
        by: &["{terminatingruleid}", "{terminatingruletype}"],
        counts: &[
            "count(*) AS requests",
            "count(DISTINCT {httprequest.clientip}) AS clients",
        ],
        only: &["{action} = 'BLOCK'"],
        first: "requests DESC",
    },
    Question {
        name: "Blocked by client",
        doc: "The clients that were blocked most, their country, and how many URIs they were after.",
        by: &["{httprequest.clientip}", "{httprequest.country}"],
        counts: &[
            "count(*) AS requests",
            "count(DISTINCT {httprequest.uri}) AS uris",
        ],
        only: &["{action} = 'BLOCK'"],
        first: "requests DESC",
    },
    Question {
        name: "Blocked by URI",
        doc: "The URIs to which requests were blocked most, and by which rule: where a rule may be too strict.",
        by: &["{httprequest.uri}", "{terminatingruleid}"],
        counts: &["count(*) AS requests"],
        only: &["{action} = 'BLOCK'"],
        first: "requests DESC",
    },
    Question {
        name: "Actions by hour",
        doc: "What was done with requests, hour by hour.",
        by: &["date_trunc('hour', {timestamp}) AS hour", "{action}"],
        counts: &["count(*) AS requests"],
        only: &[],
        first: "hour DESC, requests DESC",
    },
];
