CREATE EXTERNAL TABLE `vpc_flow_logs_db`.`vpc_flow_fl_0a1b2c3d4e5f60718_raw` (
  `version` int COMMENT 'Highest version among the record\'s fields; 2 in the default format.',
  `account_id` string COMMENT 'Account of the interface, or of the transit gateway; unknown where an AWS service owns it.',
  `interface_id` string COMMENT 'Id of the network interface; - for a regional NAT gateway.',
  `srcaddr` string COMMENT 'Address that the flow came from; of the interface, its primary private one.',
  `dstaddr` string COMMENT 'Address that the flow went to; of the interface, its primary private one.',
  `srcport` int COMMENT 'Port that the flow came from.',
  `dstport` int COMMENT 'Port that the flow went to.',
  `protocol` int COMMENT 'IANA\'s number of the protocol, such as 6 for TCP.',
  `packets` bigint COMMENT 'Packets of the flow.',
  `bytes` bigint COMMENT 'Bytes of the flow.',
  `start` bigint COMMENT 'When its first packet of the interval came, in seconds since 1970.',
  `end` bigint COMMENT 'When its last packet of the interval came, in seconds since 1970.',
  `action` string COMMENT 'ACCEPT, or REJECT by security groups, network ACLs or after the connection was closed.',
  `log_status` string COMMENT 'OK, NODATA where nothing flowed, or SKIPDATA where records were left out.'
)
COMMENT 'VPC flow log of fl-0a1b2c3d4e5f60718'
PARTITIONED BY (
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folder only.'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
WITH SERDEPROPERTIES (
  'field.delim' = ' ',
  'serialization.format' = ' '
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-logs/net/AWSLogs/123456789012/vpcflowlogs/eu-west-1/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'vpc_flow',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/fl-0a1b2c3d4e5f60718',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2018/08/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'skip.header.line.count' = '1',
  'storage.location.template' = 's3://example-logs/net/AWSLogs/123456789012/vpcflowlogs/eu-west-1/${day}'
);

CREATE OR REPLACE VIEW "vpc_flow_logs_db"."vpc_flow_fl_0a1b2c3d4e5f60718" AS
SELECT
  "version" AS "version",
  nullif("account_id", '-') AS "account_id",
  nullif("interface_id", '-') AS "interface_id",
  nullif("srcaddr", '-') AS "srcaddr",
  nullif("dstaddr", '-') AS "dstaddr",
  "srcport" AS "srcport",
  "dstport" AS "dstport",
  "protocol" AS "protocol",
  "packets" AS "packets",
  "bytes" AS "bytes",
  CAST(from_unixtime("start") AT TIME ZONE 'UTC' AS timestamp(3)) AS "start",
  CAST(from_unixtime("end") AT TIME ZONE 'UTC' AS timestamp(3)) AS "end",
  nullif("action", '-') AS "action",
  nullif("log_status", '-') AS "log_status",
  "day" AS "day"
FROM "vpc_flow_logs_db"."vpc_flow_fl_0a1b2c3d4e5f60718_raw"
WHERE regexp_like("$path", '/123456789012_vpcflowlogs_eu-west-1_fl-0a1b2c3d4e5f60718_[^/]*$');

SELECT *
FROM "vpc_flow_logs_db"."vpc_flow_fl_0a1b2c3d4e5f60718"
WHERE "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718: Top talkers by bytes
-- Between whom the most bytes went. Made by logenabler for vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718, and kept as it is: save a changed one under another name.
SELECT
  "srcaddr",
  "dstaddr",
  sum("bytes") AS total_bytes
FROM "vpc_flow_logs_db"."vpc_flow_fl_0a1b2c3d4e5f60718"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "bytes" IS NOT NULL
GROUP BY 1, 2
ORDER BY total_bytes DESC
LIMIT 100;

-- vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718: Rejected by port
-- The ports to which most traffic was rejected, and from how many sources. Made by logenabler for vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718, and kept as it is: save a changed one under another name.
SELECT
  "dstport",
  count(*) AS flows,
  count(DISTINCT "srcaddr") AS sources
FROM "vpc_flow_logs_db"."vpc_flow_fl_0a1b2c3d4e5f60718"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "action" = 'REJECT'
GROUP BY 1
ORDER BY flows DESC
LIMIT 100;

-- vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718: Rejected by source
-- Whose traffic was rejected most; one that tried many ports looks for an open one. Made by logenabler for vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718, and kept as it is: save a changed one under another name.
SELECT
  "srcaddr",
  count(*) AS flows,
  count(DISTINCT "dstport") AS ports,
  count(DISTINCT "dstaddr") AS destinations
FROM "vpc_flow_logs_db"."vpc_flow_fl_0a1b2c3d4e5f60718"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "action" = 'REJECT'
GROUP BY 1
ORDER BY flows DESC
LIMIT 100;

-- vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718: Traffic by hour
-- How many bytes were accepted and rejected, hour by hour. Made by logenabler for vpc_flow_logs_db.vpc_flow_fl_0a1b2c3d4e5f60718, and kept as it is: save a changed one under another name.
SELECT
  date_trunc('hour', "start") AS hour,
  "action",
  sum("bytes") AS total_bytes
FROM "vpc_flow_logs_db"."vpc_flow_fl_0a1b2c3d4e5f60718"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "bytes" IS NOT NULL
GROUP BY 1, 2
ORDER BY hour DESC, total_bytes DESC
LIMIT 100;
