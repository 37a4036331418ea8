//! CloudTrail logs: the API calls made in an account, or in every account of an organization. A file is one JSON object with
//! its records in a list, which Athena reads with an input format made for it. What a service adds to requests and answers
//! is JSON kept as text.

use crate::column::Type::{Array, Map, String, Struct};
use crate::column::{Column, Time, Type, column, string, time};
use crate::format::{Format, Records};
use crate::log_type::{LogType, Scope};
use crate::question::Question;
use crate::trail::{ALL_REGIONS, TrailLog};

pub(super) static CLOUDTRAIL: LogType = LogType {
    name: "cloudtrail",
    title: "CloudTrail log",
    reference: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html",
    doc: "One record for each API call that a trail is told to log, within some fifteen minutes. What was asked and answered \
          is JSON: read into it with json_extract_scalar(requestparameters, '$.name'). A trail of all regions has folders, \
          and a partition key, for each; a trail of an organization one for each account as well, which every query has to \
          name. The first trail's own start is never seen, for without a trail no event is sent.",
    schema_version: "1",
    database: "cloudtrail_logs_db",
    table_prefix: "cloudtrail_",
    scope: Scope::Regional,
    settings: &TrailLog,
    vended: None,
    layout: ALL_REGIONS,
    format: Format::json(Records::Array, COLUMNS),
    questions: QUESTIONS,
    sample: include_str!("../../samples/cloudtrail.log"),
};

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    string("eventversion", "Version of the record's format."),
    column("useridentity", USER, "Who made the call."),
    time("eventtime", Time::Iso, "When the call ended, as 2026-03-03T03:03:03Z."),
    string("eventsource", "The service that was called, such as s3.amazonaws.com."),
    string("eventname", "The call, such as PutBucketLogging."),
    string("awsregion", "Region that the call was made to."),
    string("sourceipaddress", "Address that the call came from, or the service that made it."),
    string("useragent", "Program that made the call."),
    string("errorcode", "AWS's code of the error; NULL if the call succeeded."),
    string("errormessage", "What the error said."),
    string("requestparameters", "What was asked, as JSON; NULL where it was left out, as when it is larger than 100 KB."),
    string("responseelements", "What was answered, as JSON, by calls that change something."),
    string("additionaleventdata", "What else the service tells, as JSON."),
    string("requestid", "Id of the request, by the service."),
    string("eventid", "Id of the record, by CloudTrail: the same one may be delivered twice."),
    column("resources", RESOURCES, "What the call was about, as far as the service says."),
    string("eventtype", "AwsApiCall, AwsServiceEvent, AwsConsoleAction, AwsConsoleSignIn or AwsVpceEvent."),
    string("apiversion", "Version of the API that was called."),
    string("readonly", "Whether the call changes nothing: true or false."),
    string("recipientaccountid", "Account that got this record."),
    string("serviceeventdetails", "What a service event is about, as JSON."),
    string("sharedeventid", "Id that the records of one call have in several accounts."),
    string("vpcendpointid", "VPC endpoint that the call went through."),
    string("vpcendpointaccountid", "Account of that endpoint."),
    string("eventcategory", "Management, Data, NetworkActivity or Insight."),
    column("addendum", ADDENDUM, "Why the record is late or corrects another."),
    string("sessioncredentialfromconsole", "Whether the session began in the console."),
    string("edgedevicedetails", "The edge device that was asked, as JSON."),
    column("tlsdetails", TLS, "The TLS connection of the call."),
    string("managementevent", "Whether it is a management event: true or false."),
];

const USER: Type = Struct(&[
    ("type", String),
    ("principalid", String),
    ("arn", String),
    ("accountid", String),
    ("invokedby", String),
    ("accesskeyid", String),
    ("username", String),
    (
        "onbehalfof",
        Struct(&[("userid", String), ("identitystorearn", String)]),
    ),
    ("sessioncontext", SESSION),
    (
        "inscopeof",
        Struct(&[("issuertype", String), ("credentialsissuedto", String)]),
    ),
    ("credentialid", String),
]);

const SESSION: Type = Struct(&[
    (
        "attributes",
        Struct(&[("mfaauthenticated", String), ("creationdate", String)]),
    ),
    (
        "sessionissuer",
        Struct(&[
            ("type", String),
            ("principalid", String),
            ("arn", String),
            ("accountid", String),
            ("username", String),
        ]),
    ),
    ("ec2roledelivery", String),
    (
        "webidfederationdata",
        Struct(&[("federatedprovider", String), ("attributes", Map(&String))]),
    ),
]);

const RESOURCES: Type = Array(&Struct(&[
    ("arn", String),
    ("accountid", String),
    ("type", String),
]));

const ADDENDUM: Type = Struct(&[
    ("reason", String),
    ("updatedfields", String),
    ("originalrequestid", String),
    ("originaleventid", String),
]);

const TLS: Type = Struct(&[
    ("tlsversion", String),
    ("ciphersuite", String),
    ("clientprovidedhostheader", String),
    ("keyexchange", String),
]);

const QUESTIONS: &[Question] = &[
    Question {
        name: "Errors by caller",
        doc: "The calls that failed most, by who made them and why.",
        by: &[
            "{useridentity.arn}",
            "{eventsource}",
            "{eventname}",
            "{errorcode}",
        ],
        counts: &["count(*) AS calls"],
        only: &["{errorcode} IS NOT NULL"],
        first: "calls DESC",
    },
    Question {
        name: "Console logins",
        doc: "Who tried to sign in to the console, from where, with which outcome and whether with MFA.",
        by: &[
            "{eventtime}",
            "{useridentity.arn}",
            "{sourceipaddress}",
            "json_extract_scalar({responseelements}, '$.ConsoleLogin') AS outcome",
            "json_extract_scalar({additionaleventdata}, '$.MFAUsed') AS mfa_used",
        ],
        counts: &[],
        only: &["{eventname} = 'ConsoleLogin'"],
        first: "eventtime DESC",
    },
    Question {
        name: "Use of the root user",
        doc: "Every call that somebody made as the root user.",
        by: &[
            "{eventtime}",
            "{useridentity.accountid}",
            "{eventsource}",
            "{eventname}",
            "{sourceipaddress}",
            "{useragent}",
        ],
        counts: &[],
        only: &[
            "{useridentity.type} = 'Root'",
            "{useridentity.invokedby} IS NULL",
            "{eventtype} <> 'AwsServiceEvent'",
        ],
        first: "eventtime DESC",
    },
    Question {
        name: "Changes by caller",
        doc: "Who changed what, and how often.",
        by: &["{useridentity.arn}", "{eventsource}", "{eventname}"],
        counts: &["count(*) AS calls"],
        only: &["{readonly} = 'false'", "{errorcode} IS NULL"],
        first: "calls DESC",
    },
];
