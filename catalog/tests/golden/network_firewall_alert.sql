CREATE EXTERNAL TABLE `network_firewall_alert_logs_db`.`network_firewall_alert_egress` (
  `firewall_name` string COMMENT 'The firewall.',
  `availability_zone` string COMMENT 'Availability Zone of the firewall\'s endpoint.',
  `event_timestamp` string COMMENT 'When the record was made, in seconds since 1970.',
  `event` struct<`timestamp`:string,`flow_id`:bigint,`event_type`:string,`src_ip`:string,`src_port`:int,`dest_ip`:string,`dest_port`:int,`proto`:string,`icmp_type`:int,`icmp_code`:int,`app_proto`:string,`app_proto_ts`:string,`app_proto_tc`:string,`direction`:string,`tx_id`:bigint,`pkt_src`:string,`sni`:string,`tls_inspected`:boolean,`tls_error`:struct<`error_message`:string>,`revocation_check`:struct<`leaf_cert_fpr`:string,`status`:string,`action`:string>,`alert`:struct<`alert_id`:string,`alert_type`:string,`action`:string,`gid`:bigint,`signature_id`:bigint,`rev`:bigint,`signature`:string,`category`:string,`severity`:int,`rule_name`:string,`alert_name`:string,`alert_severity`:string,`alert_description`:string,`file_name`:string,`file_hash`:string,`packet_capture`:string,`reference_links`:array<string>,`metadata`:string>,`verdict`:struct<`action`:string,`reject`:array<string>>,`aws_category`:string,`aws_metadata`:struct<`resource_arn`:string>,`src_country`:string,`dest_country`:string,`src_hostname`:string,`dest_hostname`:string,`user_agent`:string,`url`:string,`tcp`:struct<`tcp_flags`:string,`tcp_flags_ts`:string,`tcp_flags_tc`:string,`syn`:boolean,`fin`:boolean,`rst`:boolean,`psh`:boolean,`ack`:boolean,`urg`:boolean,`ecn`:boolean,`cwr`:boolean>,`http`:struct<`hostname`:string,`http_port`:int,`url`:string,`http_user_agent`:string,`http_content_type`:string,`http_refer`:string,`http_method`:string,`protocol`:string,`status`:int,`redirect`:string,`length`:bigint,`xff`:string>,`tls`:struct<`sni`:string,`version`:string,`subject`:string,`issuerdn`:string,`serial`:string,`fingerprint`:string,`notbefore`:string,`notafter`:string,`session_resumed`:boolean,`ja3`:struct<`hash`:string,`string`:string>,`ja3s`:struct<`hash`:string,`string`:string>,`ja4`:string>,`dns`:string> COMMENT 'The alert: the connection, the rule that matched (alert), what was done with the packet (verdict), and what is known of the protocol (tcp, http, tls, dns). What a record lacks is NULL.'
)
COMMENT 'AWS Network Firewall alert log of egress'
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
LOCATION 's3://firewall-logs-example/egress/AWSLogs/123456789012/network-firewall/alert/eu-west-1/egress/'
TBLPROPERTIES (
  'EXTERNAL' = 'TRUE',
  'logenabler.enabled' = 'true',
  'logenabler.log_type' = 'network_firewall_alert',
  'logenabler.managed' = 'true',
  'logenabler.resource_arn' = 'arn:aws:network-firewall:eu-west-1:123456789012:firewall/egress',
  'logenabler.schema_version' = '1',
  'projection.enabled' = 'true',
  'projection.hour.format' = 'yyyy/MM/dd/HH',
  'projection.hour.interval' = '1',
  'projection.hour.interval.unit' = 'HOURS',
  'projection.hour.range' = '2020/11/01/00,NOW',
  'projection.hour.type' = 'date',
  'storage.location.template' = 's3://firewall-logs-example/egress/AWSLogs/123456789012/network-firewall/alert/eu-west-1/egress/${hour}'
);

SELECT *
FROM "network_firewall_alert_logs_db"."network_firewall_alert_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' hour, '%Y/%m/%d/%H')
LIMIT 10;

-- network_firewall_alert_logs_db.network_firewall_alert_egress: Alerts by signature
-- The rules that matched most, and what they did. Made by logenabler for network_firewall_alert_logs_db.network_firewall_alert_egress, and kept as it is: save a changed one under another name.
SELECT
  "event"."alert"."signature",
  "event"."alert"."signature_id",
  "event"."alert"."action",
  count(*) AS alerts,
  count(DISTINCT "event"."src_ip") AS sources
FROM "network_firewall_alert_logs_db"."network_firewall_alert_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
GROUP BY 1, 2, 3
ORDER BY alerts DESC
LIMIT 100;

-- network_firewall_alert_logs_db.network_firewall_alert_egress: Blocked by source
-- Whose traffic was blocked most, and by how many rules. Made by logenabler for network_firewall_alert_logs_db.network_firewall_alert_egress, and kept as it is: save a changed one under another name.
SELECT
  "event"."src_ip",
  count(*) AS alerts,
  count(DISTINCT "event"."alert"."signature_id") AS rules,
  count(DISTINCT "event"."dest_ip") AS destinations
FROM "network_firewall_alert_logs_db"."network_firewall_alert_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND "event"."alert"."action" = 'blocked'
GROUP BY 1
ORDER BY alerts DESC
LIMIT 100;

-- network_firewall_alert_logs_db.network_firewall_alert_egress: Blocked by destination
-- Where blocked traffic was to go: server names, where they are known, and addresses. Made by logenabler for network_firewall_alert_logs_db.network_firewall_alert_egress, and kept as it is: save a changed one under another name.
SELECT
  coalesce("event"."tls"."sni", "event"."http"."hostname") AS server_name,
  "event"."dest_ip",
  "event"."dest_port",
  count(*) AS alerts
FROM "network_firewall_alert_logs_db"."network_firewall_alert_egress"
WHERE "hour" >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND "event"."alert"."action" = 'blocked'
GROUP BY 1, 2, 3
ORDER BY alerts DESC
LIMIT 100;
