CREATE EXTERNAL TABLE `alb_health_logs_db`.`alb_health_shop_raw` (
  `type` string COMMENT 'Protocol of the check: http, https, h2, grpc or lambda.',
  `time` string COMMENT 'When the check began (ISO 8601, UTC).',
  `latency` double COMMENT 'Seconds that the check took.',
  `target_addr` string COMMENT 'The target as address:port, or the ARN of a Lambda function.',
  `target_group_id` string COMMENT 'Name of the target group.',
  `status` string COMMENT 'PASS or FAIL.',
  `status_code` string COMMENT 'Status code of the target\'s response, or - if there was none.',
  `reason_code` string COMMENT 'Why the check failed, such as TimedOut or ResponseCodeMismatch, or - if it passed.',
  `elb` string COMMENT 'The load balancer as app/name/id.',
  `ip_address` string COMMENT 'Address of the load balancer node that made the check.'
)
COMMENT 'Application Load Balancer health check log of shop'
PARTITIONED BY (
  `day` string COMMENT 'Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day\'s folder only.'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  'input.regex' = '([^ "]++) ([^ "]++) (-?+[0-9]*+(?:\\.[0-9]*+)?+) ([^ "]++) ([^ "]++) ([^ "]++) ([^ "]++) ([^ "]++)(?: ([^ "]++)(?: ([^ "]++)(?: [^\\n]*+)?+)?+)?+(?: -)*+',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://example-health/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'alb_health_check',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1a2b3c4d5e6f7081',
  'logenabler.schema_version' = '1',
  'projection.day.format' = 'yyyy/MM/dd',
  'projection.day.interval' = '1',
  'projection.day.interval.unit' = 'DAYS',
  'projection.day.range' = '2025/10/01,NOW',
  'projection.day.type' = 'date',
  'projection.enabled' = 'true',
  'storage.location.template' = 's3://example-health/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/${day}'
);

CREATE OR REPLACE VIEW "alb_health_logs_db"."alb_health_shop" AS
SELECT
  nullif("type", '-') AS "type",
  CAST(try(from_iso8601_timestamp("time")) AT TIME ZONE 'UTC' AS timestamp(3)) AS "time",
  "latency" AS "latency",
  nullif("target_addr", '-') AS "target_addr",
  nullif("target_group_id", '-') AS "target_group_id",
  nullif("status", '-') AS "status",
  nullif("status_code", '-') AS "status_code",
  nullif("reason_code", '-') AS "reason_code",
  nullif("elb", '-') AS "elb",
  nullif("ip_address", '-') AS "ip_address",
  "day" AS "day"
FROM "alb_health_logs_db"."alb_health_shop_raw"
WHERE regexp_like("$path", '/health_check_log_123456789012_elasticloadbalancing_eu-west-1_app\.shop\.1a2b3c4d5e6f7081_[^/]*$');

SELECT *
FROM "alb_health_logs_db"."alb_health_shop"
WHERE "day" = date_format(current_date, '%Y/%m/%d')
LIMIT 10;

-- alb_health_logs_db.alb_health_shop: Failed checks by target
-- The targets that failed the most health checks, and why. Made by logenabler for alb_health_logs_db.alb_health_shop, and kept as it is: save a changed one under another name.
SELECT
  "target_group_id",
  "target_addr",
  "reason_code",
  count(*) AS checks,
  max("time") AS latest
FROM "alb_health_logs_db"."alb_health_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
  AND "status" = 'FAIL'
GROUP BY 1, 2, 3
ORDER BY checks DESC
LIMIT 100;

-- alb_health_logs_db.alb_health_shop: Failed checks by hour
-- How many checks of each target group failed, hour by hour. Made by logenabler for alb_health_logs_db.alb_health_shop, and kept as it is: save a changed one under another name.
SELECT
  date_trunc('hour', "time") AS hour,
  "target_group_id",
  count(*) AS checks,
  count_if("status" = 'FAIL') AS failed
FROM "alb_health_logs_db"."alb_health_shop"
WHERE "day" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d')
GROUP BY 1, 2
ORDER BY hour DESC, failed DESC
LIMIT 100;
