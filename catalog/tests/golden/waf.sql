CREATE EXTERNAL TABLE `acl_traffic_logs_db`.`waf_shop` (
  `timestamp` bigint COMMENT 'When the request was inspected, in milliseconds since 1970.',
  `formatversion` int COMMENT 'Version of the record\'s format.',
  `webaclid` string COMMENT 'ARN of the web ACL.',
  `terminatingruleid` string COMMENT 'The rule that ended the inspection, or Default_Action.',
  `terminatingruletype` string COMMENT 'Type of that rule: REGULAR, RATE_BASED, GROUP or MANAGED_RULE_GROUP.',
  `action` string COMMENT 'What was done with the request: ALLOW, BLOCK, CAPTCHA or CHALLENGE.',
  `terminatingrulematchdetails` array<struct<`conditiontype`:string,`sensitivitylevel`:string,`location`:string,`matcheddata`:array<string>>> COMMENT 'What that rule found, if it looks for SQL injection or scripts.',
  `httpsourcename` string COMMENT 'What the request was for: CF, APIGW, ALB, APPSYNC, COGNITOIDP, APPRUNNER or VERIFIED_ACCESS.',
  `httpsourceid` string COMMENT 'Id of that distribution, load balancer, API and so on.',
  `rulegrouplist` array<struct<`rulegroupid`:string,`terminatingrule`:struct<`ruleid`:string,`action`:string,`rulematchdetails`:array<struct<`conditiontype`:string,`sensitivitylevel`:string,`location`:string,`matcheddata`:array<string>>>>,`nonterminatingmatchingrules`:array<struct<`ruleid`:string,`action`:string,`overriddenaction`:string,`rulematchdetails`:array<struct<`conditiontype`:string,`sensitivitylevel`:string,`location`:string,`matcheddata`:array<string>>>,`challengeresponse`:struct<`responsecode`:string,`solvetimestamp`:string,`failurereason`:string>,`captcharesponse`:struct<`responsecode`:string,`solvetimestamp`:string,`failurereason`:string>>>,`excludedrules`:string,`customerconfig`:string>> COMMENT 'The rule groups that acted on the request, with the rules that matched.',
  `ratebasedrulelist` array<struct<`ratebasedruleid`:string,`ratebasedrulename`:string,`limitkey`:string,`limitvalue`:string,`maxrateallowed`:int,`evaluationwindowsec`:string,`customvalues`:array<struct<`key`:string,`name`:string,`value`:string>>>> COMMENT 'The rate-based rules that acted on the request.',
  `nonterminatingmatchingrules` array<struct<`ruleid`:string,`action`:string,`overriddenaction`:string,`rulematchdetails`:array<struct<`conditiontype`:string,`sensitivitylevel`:string,`location`:string,`matcheddata`:array<string>>>,`challengeresponse`:struct<`responsecode`:string,`solvetimestamp`:string,`failurereason`:string>,`captcharesponse`:struct<`responsecode`:string,`solvetimestamp`:string,`failurereason`:string>>> COMMENT 'The rules that matched and let the inspection go on.',
  `requestheadersinserted` array<struct<`name`:string,`value`:string>> COMMENT 'Headers that a rule inserted.',
  `responsecodesent` string COMMENT 'Status code of the custom response, if there was one.',
  `httprequest` struct<`clientip`:string,`country`:string,`headers`:array<struct<`name`:string,`value`:string>>,`uri`:string,`args`:string,`httpversion`:string,`httpmethod`:string,`requestid`:string,`fragment`:string,`scheme`:string,`host`:string> COMMENT 'The request itself, without the fields that are redacted.',
  `labels` array<struct<`name`:string>> COMMENT 'The labels on the request.',
  `captcharesponse` struct<`responsecode`:string,`solvetimestamp`:string,`failurereason`:string> COMMENT 'Outcome of a CAPTCHA.',
  `challengeresponse` struct<`responsecode`:string,`solvetimestamp`:string,`failurereason`:string> COMMENT 'Outcome of a silent challenge.',
  `ja3fingerprint` string COMMENT 'JA3 fingerprint of the TLS handshake.',
  `ja4fingerprint` string COMMENT 'JA4 fingerprint of the TLS handshake.',
  `oversizefields` string COMMENT 'JSON list of the parts of the request that were larger than what is inspected.',
  `requestbodysize` int COMMENT 'Bytes of the request\'s body.',
  `requestbodysizeinspectedbywaf` int COMMENT 'How many of them were inspected.',
  `cfdistributiontenantid` string COMMENT 'Id of the CloudFront distribution tenant.',
  `clientasn` string COMMENT 'Autonomous system number of the client\'s address, if a rule asks for it.',
  `forwardedasn` string COMMENT 'Autonomous system number of the forwarded address, if a rule asks for it.',
  `monetizeverifyresponse` struct<`verificationstatus`:string,`failurereason`:string,`chainname`:string,`network`:string,`amount`:string,`currency`:string,`asset`:string,`payeraddress`:string,`idempotencykey`:string,`currencymode`:string> COMMENT 'Outcome of verifying a payment.'
)
COMMENT 'AWS WAF log of shop'
PARTITIONED BY (
  `log_time` string COMMENT 'Time of delivery (UTC) as yyyy/MM/dd/HH/mm; bound it in every query to read those folders only.'
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES (
  'ignore.malformed.json' = 'true',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://aws-waf-logs-example/web/AWSLogs/123456789012/WAFLogs/eu-west-1/shop/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'waf',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9',
  'logenabler.schema_version' = '1',
  'projection.enabled' = 'true',
  'projection.log_time.format' = 'yyyy/MM/dd/HH/mm',
  'projection.log_time.interval' = '1',
  'projection.log_time.interval.unit' = 'MINUTES',
  'projection.log_time.range' = '2021/11/01/00/00,NOW',
  'projection.log_time.type' = 'date',
  'storage.location.template' = 's3://aws-waf-logs-example/web/AWSLogs/123456789012/WAFLogs/eu-west-1/shop/${log_time}'
);

SELECT *
FROM "acl_traffic_logs_db"."waf_shop"
WHERE "log_time" >= date_format(current_timestamp - interval '1' hour, '%Y/%m/%d/%H/%i')
LIMIT 10;

-- acl_traffic_logs_db.waf_shop: Blocked by rule
-- The rules that blocked the most requests. Made by logenabler for acl_traffic_logs_db.waf_shop, and kept as it is: save a changed one under another name.
SELECT
  "terminatingruleid",
  "terminatingruletype",
  count(*) AS requests,
  count(DISTINCT "httprequest"."clientip") AS clients
FROM "acl_traffic_logs_db"."waf_shop"
WHERE "log_time" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H/%i')
  AND "action" = 'BLOCK'
GROUP BY 1, 2
ORDER BY requests DESC
LIMIT 100;

-- acl_traffic_logs_db.waf_shop: Blocked by client
-- The clients that were blocked most, their country, and how many URIs they were after. Made by logenabler for acl_traffic_logs_db.waf_shop, and kept as it is: save a changed one under another name.
SELECT
  "httprequest"."clientip",
  "httprequest"."country",
  count(*) AS requests,
  count(DISTINCT "httprequest"."uri") AS uris
FROM "acl_traffic_logs_db"."waf_shop"
WHERE "log_time" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H/%i')
  AND "action" = 'BLOCK'
GROUP BY 1, 2
ORDER BY requests DESC
LIMIT 100;

-- acl_traffic_logs_db.waf_shop: Blocked by URI
-- The URIs to which requests were blocked most, and by which rule: where a rule may be too strict. Made by logenabler for acl_traffic_logs_db.waf_shop, and kept as it is: save a changed one under another name.
SELECT
  "httprequest"."uri",
  "terminatingruleid",
  count(*) AS requests
FROM "acl_traffic_logs_db"."waf_shop"
WHERE "log_time" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H/%i')
  AND "action" = 'BLOCK'
GROUP BY 1, 2
ORDER BY requests DESC
LIMIT 100;

-- acl_traffic_logs_db.waf_shop: Actions by hour
-- What was done with requests, hour by hour. Made by logenabler for acl_traffic_logs_db.waf_shop, and kept as it is: save a changed one under another name.
SELECT
  date_trunc('hour', CAST(from_unixtime("timestamp" / 1000e0) AT TIME ZONE 'UTC' AS timestamp(3))) AS hour,
  "action",
  count(*) AS requests
FROM "acl_traffic_logs_db"."waf_shop"
WHERE "log_time" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H/%i')
GROUP BY 1, 2
ORDER BY hour DESC, requests DESC
LIMIT 100;
