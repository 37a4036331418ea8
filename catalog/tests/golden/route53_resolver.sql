CREATE EXTERNAL TABLE `route53_resolver_logs_db`.`route53_resolver_rqlc_1a2b3c4d5e6f7081` (
  `version` string COMMENT 'Version of the record\'s format.',
  `account_id` string COMMENT 'Account of the VPC.',
  `region` string COMMENT 'Region of the VPC.',
  `vpc_id` string COMMENT 'Id of the VPC that the query came from.',
  `query_timestamp` string COMMENT 'When the query was made (ISO 8601, UTC).',
  `query_name` string COMMENT 'Name that was asked for, with a dot at its end.',
  `query_type` string COMMENT 'Type of record that was asked for, such as A or AAAA, or its number.',
  `query_class` string COMMENT 'Class of the query, nearly always IN.',
  `rcode` string COMMENT 'Answer\'s code, such as NOERROR, NXDOMAIN or SERVFAIL.',
  `answers` array<struct<`rdata`:string,`type`:string,`class`:string>> COMMENT 'The records of the answer, in their order.',
  `srcaddr` string COMMENT 'Address that the query came from.',
  `srcport` int COMMENT 'Port that the query came from.',
  `transport` string COMMENT 'UDP or TCP.',
  `srcids` struct<`instance`:string,`resolver_endpoint`:string,`resolver_network_interface`:string> COMMENT 'What the query came from or through, as far as it is known.',
  `firewall_rule_action` string COMMENT 'What DNS Firewall did, where one of its rules matched: ALERT or BLOCK.',
  `firewall_rule_group_id` string COMMENT 'Rule group of that rule.',
  `firewall_domain_list_id` string COMMENT 'Domain list of that rule.',
  `resource_id` string COMMENT 'Id of the VPC where the configuration came by a Route 53 Profile.',
  `additional_properties` struct<`is_delayed`:string> COMMENT 'Whether the record came late.'
)
COMMENT 'Route 53 Resolver query log of rqlc-1a2b3c4d5e6f7081'
PARTITIONED BY (
  `vpc` string COMMENT 'Id of the VPC; every query has to name one.',
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folder only.'
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES (
  'ignore.malformed.json' = 'true',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-logs/dns/AWSLogs/123456789012/vpcdnsquerylogs/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'route53_resolver',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:route53resolver:eu-west-1:123456789012:resolver-query-log-config/rqlc-1a2b3c4d5e6f7081',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2020/08/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'projection.vpc.type' = 'injected',
  'storage.location.template' = 's3://example-logs/dns/AWSLogs/123456789012/vpcdnsquerylogs/${vpc}/${day}'
);

SELECT *
FROM "route53_resolver_logs_db"."route53_resolver_rqlc_1a2b3c4d5e6f7081"
WHERE "vpc" = '<vpc>'
  AND "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- route53_resolver_logs_db.route53_resolver_rqlc_1a2b3c4d5e6f7081: Queries by domain
-- Put the vpc that you mean in the place of <vpc> first: as it stands there are no rows. The names that are asked for most, and by how many clients. Made by logenabler for route53_resolver_logs_db.route53_resolver_rqlc_1a2b3c4d5e6f7081, and kept as it is: save a changed one under another name.
-- Put the vpc that you mean in the place of <vpc> first: as it stands there are no rows.
SELECT
  "query_name",
  "query_type",
  count(*) AS queries,
  count(DISTINCT "srcaddr") AS clients
FROM "route53_resolver_logs_db"."route53_resolver_rqlc_1a2b3c4d5e6f7081"
WHERE "vpc" = '<vpc>'
  AND "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
GROUP BY 1, 2
ORDER BY queries DESC
LIMIT 100;

-- route53_resolver_logs_db.route53_resolver_rqlc_1a2b3c4d5e6f7081: Domains that do not exist
-- Put the vpc that you mean in the place of <vpc> first: as it stands there are no rows. Names that were asked for in vain (NXDOMAIN), and by which instance: typing errors, or malware that looks for its home. Made by logenabler for route53_resolver_logs_db.route53_resolver_rqlc_1a2b3c4d5e6f7081, and kept as it is: save a changed one under another name.
-- Put the vpc that you mean in the place of <vpc> first: as it stands there are no rows.
SELECT
  "query_name",
  "srcids"."instance",
  count(*) AS queries
FROM "route53_resolver_logs_db"."route53_resolver_rqlc_1a2b3c4d5e6f7081"
WHERE "vpc" = '<vpc>'
  AND "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "rcode" = 'NXDOMAIN'
GROUP BY 1, 2
ORDER BY queries DESC
LIMIT 100;

-- route53_resolver_logs_db.route53_resolver_rqlc_1a2b3c4d5e6f7081: Matched by DNS Firewall
-- Put the vpc that you mean in the place of <vpc> first: as it stands there are no rows. The names that DNS Firewall blocked or only told of, and who asked. Made by logenabler for route53_resolver_logs_db.route53_resolver_rqlc_1a2b3c4d5e6f7081, and kept as it is: save a changed one under another name.
-- Put the vpc that you mean in the place of <vpc> first: as it stands there are no rows.
SELECT
  "firewall_rule_action",
  "query_name",
  "srcaddr",
  "firewall_domain_list_id",
  count(*) AS queries
FROM "route53_resolver_logs_db"."route53_resolver_rqlc_1a2b3c4d5e6f7081"
WHERE "vpc" = '<vpc>'
  AND "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "firewall_rule_action" IS NOT NULL
GROUP BY 1, 2, 3, 4
ORDER BY queries DESC
LIMIT 100;
