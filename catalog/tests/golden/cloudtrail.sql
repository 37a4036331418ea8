CREATE EXTERNAL TABLE `cloudtrail_logs_db`.`cloudtrail_shop` (
  `eventversion` string COMMENT 'Version of the record\'s format.',
  `useridentity` struct<`type`:string,`principalid`:string,`arn`:string,`accountid`:string,`invokedby`:string,`accesskeyid`:string,`username`:string,`onbehalfof`:struct<`userid`:string,`identitystorearn`:string>,`sessioncontext`:struct<`attributes`:struct<`mfaauthenticated`:string,`creationdate`:string>,`sessionissuer`:struct<`type`:string,`principalid`:string,`arn`:string,`accountid`:string,`username`:string>,`ec2roledelivery`:string,`webidfederationdata`:struct<`federatedprovider`:string,`attributes`:map<string,string>>>,`inscopeof`:struct<`issuertype`:string,`credentialsissuedto`:string>,`credentialid`:string> COMMENT 'Who made the call.',
  `eventtime` string COMMENT 'When the call ended, as 2026-03-03T03:03:03Z.',
  `eventsource` string COMMENT 'The service that was called, such as s3.amazonaws.com.',
  `eventname` string COMMENT 'The call, such as PutBucketLogging.',
  `awsregion` string COMMENT 'Region that the call was made to.',
  `sourceipaddress` string COMMENT 'Address that the call came from, or the service that made it.',
  `useragent` string COMMENT 'Program that made the call.',
  `errorcode` string COMMENT 'AWS\'s code of the error; NULL if the call succeeded.',
  `errormessage` string COMMENT 'What the error said.',
  `requestparameters` string COMMENT 'What was asked, as JSON; NULL where it was left out, as when it is larger than 100 KB.',
  `responseelements` string COMMENT 'What was answered, as JSON, by calls that change something.',
  `additionaleventdata` string COMMENT 'What else the service tells, as JSON.',
  `requestid` string COMMENT 'Id of the request, by the service.',
  `eventid` string COMMENT 'Id of the record, by CloudTrail: the same one may be delivered twice.',
  `resources` array<struct<`arn`:string,`accountid`:string,`type`:string>> COMMENT 'What the call was about, as far as the service says.',
  `eventtype` string COMMENT 'AwsApiCall, AwsServiceEvent, AwsConsoleAction, AwsConsoleSignIn or AwsVpceEvent.',
  `apiversion` string COMMENT 'Version of the API that was called.',
  `readonly` string COMMENT 'Whether the call changes nothing: true or false.',
  `recipientaccountid` string COMMENT 'Account that got this record.',
  `serviceeventdetails` string COMMENT 'What a service event is about, as JSON.',
  `sharedeventid` string COMMENT 'Id that the records of one call have in several accounts.',
  `vpcendpointid` string COMMENT 'VPC endpoint that the call went through.',
  `vpcendpointaccountid` string COMMENT 'Account of that endpoint.',
  `eventcategory` string COMMENT 'Management, Data, NetworkActivity or Insight.',
  `addendum` struct<`reason`:string,`updatedfields`:string,`originalrequestid`:string,`originaleventid`:string> COMMENT 'Why the record is late or corrects another.',
  `sessioncredentialfromconsole` string COMMENT 'Whether the session began in the console.',
  `edgedevicedetails` string COMMENT 'The edge device that was asked, as JSON.',
  `tlsdetails` struct<`tlsversion`:string,`ciphersuite`:string,`clientprovidedhostheader`:string,`keyexchange`:string> COMMENT 'The TLS connection of the call.',
  `managementevent` string COMMENT 'Whether it is a management event: true or false.'
)
COMMENT 'CloudTrail log of shop'
PARTITIONED BY (
  `region` string COMMENT 'Region that the calls were made in; name it to read its folders only.',
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folders only.'
)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-logs/trail/AWSLogs/123456789012/CloudTrail/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'cloudtrail',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/shop',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2013/11/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'projection.region.type' = 'enum',
  'projection.region.values' = 'af-south-1,ap-east-1,ap-east-2,ap-northeast-1,ap-northeast-2,ap-northeast-3,ap-south-1,ap-south-2,ap-southeast-1,ap-southeast-2,ap-southeast-3,ap-southeast-4,ap-southeast-5,ap-southeast-6,ap-southeast-7,ca-central-1,ca-west-1,eu-central-1,eu-central-2,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-2,eu-west-3,il-central-1,me-central-1,me-south-1,mx-central-1,sa-east-1,us-east-1,us-east-2,us-west-1,us-west-2',
  'storage.location.template' = 's3://example-logs/trail/AWSLogs/123456789012/CloudTrail/${region}/${day}'
);

SELECT *
FROM "cloudtrail_logs_db"."cloudtrail_shop"
WHERE "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- cloudtrail_logs_db.cloudtrail_shop: Errors by caller
-- The calls that failed most, by who made them and why. Made by logenabler for cloudtrail_logs_db.cloudtrail_shop, and kept as it is: save a changed one under another name.
SELECT
  "useridentity"."arn",
  "eventsource",
  "eventname",
  "errorcode",
  count(*) AS calls
FROM "cloudtrail_logs_db"."cloudtrail_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "errorcode" IS NOT NULL
GROUP BY 1, 2, 3, 4
ORDER BY calls DESC
LIMIT 100;

-- cloudtrail_logs_db.cloudtrail_shop: Console logins
-- Who tried to sign in to the console, from where, with which outcome and whether with MFA. Made by logenabler for cloudtrail_logs_db.cloudtrail_shop, and kept as it is: save a changed one under another name.
SELECT
  CAST(try(from_iso8601_timestamp("eventtime")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "eventtime",
  "useridentity"."arn",
  "sourceipaddress",
  json_extract_scalar("responseelements", '$.ConsoleLogin') AS outcome,
  json_extract_scalar("additionaleventdata", '$.MFAUsed') AS mfa_used
FROM "cloudtrail_logs_db"."cloudtrail_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "eventname" = 'ConsoleLogin'
ORDER BY eventtime DESC
LIMIT 100;

-- cloudtrail_logs_db.cloudtrail_shop: Use of the root user
-- Every call that somebody made as the root user. Made by logenabler for cloudtrail_logs_db.cloudtrail_shop, and kept as it is: save a changed one under another name.
SELECT
  CAST(try(from_iso8601_timestamp("eventtime")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "eventtime",
  "useridentity"."accountid",
  "eventsource",
  "eventname",
  "sourceipaddress",
  "useragent"
FROM "cloudtrail_logs_db"."cloudtrail_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "useridentity"."type" = 'Root'
  AND "useridentity"."invokedby" IS NULL
  AND "eventtype" <> 'AwsServiceEvent'
ORDER BY eventtime DESC
LIMIT 100;

-- cloudtrail_logs_db.cloudtrail_shop: Changes by caller
-- Who changed what, and how often. Made by logenabler for cloudtrail_logs_db.cloudtrail_shop, and kept as it is: save a changed one under another name.
SELECT
  "useridentity"."arn",
  "eventsource",
  "eventname",
  count(*) AS calls
FROM "cloudtrail_logs_db"."cloudtrail_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "readonly" = 'false'
  AND "errorcode" IS NULL
GROUP BY 1, 2, 3
ORDER BY calls DESC
LIMIT 100;
