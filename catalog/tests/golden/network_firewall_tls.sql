CREATE EXTERNAL TABLE `network_firewall_tls_logs_db`.`network_firewall_tls_egress` (
  `firewall_name` string COMMENT 'The firewall.',
  `availability_zone` string COMMENT 'Availability Zone of the firewall\'s endpoint.',
  `event_timestamp` string COMMENT 'When the record was made, in seconds since 1970.',
  `event` struct<`timestamp`:string,`flow_id`:bigint,`event_type`:string,`src_ip`:string,`src_port`:string,`dest_ip`:string,`dest_port`:string,`proto`:string,`app_proto`:string,`sni`:string,`tls_inspected`:boolean,`tls_error`:struct<`error_message`:string>,`revocation_check`:struct<`leaf_cert_fpr`:string,`status`:string,`action`:string>> COMMENT 'The connection, the server name that the client asked for (sni), and either tls_error or revocation_check. What a record lacks is NULL.'
)
COMMENT 'AWS Network Firewall TLS log of egress'
PARTITIONED BY (
  `hour` string COMMENT 'Hour of delivery (UTC) as yyyy/MM/dd/HH; bound it in every query to read those hours\' folders only.'
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES (
  'ignore.malformed.json' = 'true',
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://firewall-logs-example/egress/AWSLogs/123456789012/network-firewall/tls/eu-west-1/egress/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'network_firewall_tls',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:network-firewall:eu-west-1:123456789012:firewall/egress',
  'logenabler.schema_version' = '1',
  'projection.enabled' = 'true',
  'projection.hour.format' = 'yyyy/MM/dd/HH',
  'projection.hour.interval' = '1',
  'projection.hour.interval.unit' = 'HOURS',
  'projection.hour.range' = '2023/03/01/00,NOW',
  'projection.hour.type' = 'date',
  'storage.location.template' = 's3://firewall-logs-example/egress/AWSLogs/123456789012/network-firewall/tls/eu-west-1/egress/${hour}'
);

SELECT *
FROM "network_firewall_tls_logs_db"."network_firewall_tls_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' hour, '%Y/%m/%d/%H')
LIMIT 10;

-- network_firewall_tls_logs_db.network_firewall_tls_egress: Failed connections by server
-- The servers with which TLS inspection failed most, and the error. Made by logenabler for network_firewall_tls_logs_db.network_firewall_tls_egress, and kept as it is: save a changed one under another name.
SELECT
  "event"."sni",
  "event"."tls_error"."error_message",
  count(*) AS connections,
  count(DISTINCT "event"."src_ip") AS sources
FROM "network_firewall_tls_logs_db"."network_firewall_tls_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND "event"."tls_error"."error_message" IS NOT NULL
GROUP BY 1, 2
ORDER BY connections DESC
LIMIT 100;

-- network_firewall_tls_logs_db.network_firewall_tls_egress: Revoked certificates
-- The servers whose certificate was revoked or of an unknown state, and what was done. Made by logenabler for network_firewall_tls_logs_db.network_firewall_tls_egress, and kept as it is: save a changed one under another name.
SELECT
  "event"."sni",
  "event"."revocation_check"."status",
  "event"."revocation_check"."action",
  count(*) AS connections
FROM "network_firewall_tls_logs_db"."network_firewall_tls_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND "event"."revocation_check"."status" IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY connections DESC
LIMIT 100;
