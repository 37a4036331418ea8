//! Application Load Balancer health check logs. Fields are separated by spaces, none is in quotes, `-` stands for absent. They
//! lie in the same folders as the access logs; their file names begin with `health_check_log_`.

use crate::column::{Time, double, string, time};
use crate::format::Format;
use crate::kind::Kind::{Decimal, Word};
use crate::layout::Held;
use crate::load_balancer::{self, LoadBalancerLog};
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::tokens::Field::One;
use crate::tokens::{Field, Tokens};
use crate::vended::Vended;

pub(super) static ALB_HEALTH_CHECK: LogType = LogType {
    name: "alb_health_check",
    title: "Application Load Balancer health check log",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html",
    doc: "One record for each health check that an Application Load Balancer made of a target, with its outcome and, where it \
          failed, the reason. Delivered every five minutes, best effort. Times are UTC.",
    schema_version: "1",
    database: "alb_health_logs_db",
    table_prefix: "alb_health_",
    scope: Scope::Regional,
    settings: &LoadBalancerLog {
        kind: "app",
        attributes: "health_check_logs.s3",
    },
    vended: Some(VENDED),
    layout: load_balancer::layout(
        "2025/10/01",
        "health_check_log_{account}_elasticloadbalancing_{region}_app.{name}.{id}_",
    ),
    format: Format::Tokens(Tokens {
        fixed: FIXED,
        appended: APPENDED,
    }),
    questions: QUESTIONS,
    sample: include_str!("../../samples/alb_health_check.log"),
};

const VENDED: Vended = Vended {
    service: "elasticloadbalancing",
    log_type: "ALB_HEALTH_CHECK_LOGS",
    fields: FIELDS,
    typed: false,
    columns: &[],
    path: load_balancer::PATH,
    shared: Some(load_balancer::delivered(&[
        ("elb", Held::Value("app/{name}/{id}")),
        ("target_group_id", Held::Anything),
    ])),
};

#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "type", "time", "latency", "target_addr", "target_group_id", "status", "status_code", "reason_code", "elb",
    "ip_address",
];

#[rustfmt::skip]
const FIXED: &[Field] = &[
    One(Word, string("type", "Protocol of the check: http, https, h2, grpc or lambda.")),
    One(Word, time("time", Time::Iso, "When the check began (ISO 8601, UTC).")),
    One(Decimal, double("latency", "Seconds that the check took.")),
    One(Word, string("target_addr", "The target as address:port, or the ARN of a Lambda function.")),
    One(Word, string("target_group_id", "Name of the target group.")),
    One(Word, string("status", "PASS or FAIL.")),
    One(Word, string("status_code", "Status code of the target's response, or - if there was none.")),
    One(Word, string("reason_code", "Why the check failed, such as TimedOut or ResponseCodeMismatch, or - if it passed.")),
];

#[rustfmt::skip]
const APPENDED: &[&[Field]] = &[
    &[One(Word, string("elb", "The load balancer as app/name/id."))],
    &[One(Word, string("ip_address", "Address of the load balancer node that made the check."))],
];

const QUESTIONS: &[Question] = &[
    Question {
        name: "Failed checks by target",
        doc: "The targets that failed the most health checks, and why.",
        by: &["{target_group_id}", "{target_addr}", "{reason_code}"],
        counts: &["count(*) AS checks", "max({time}) AS latest"],
        only: &["{status} = 'FAIL'"],
        first: "checks DESC",
    },
    Question {
        name: "Failed checks by hour",
        doc: "How many checks of each target group failed, hour by hour.",
        by: &["date_trunc('hour', {time}) AS hour", "{target_group_id}"],
        counts: &[
            "count(*) AS checks",
            "count_if({status} = 'FAIL') AS failed",
        ],
        only: &[],
        first: "hour DESC, failed DESC",
    },
];
