"""The resources as HCL: with all that makes a call, and changed so that every part of them changes."""

from __future__ import annotations

from end_to_end.everything import ACCOUNT, BOUNDARY, EXTERNAL_ID, OTHER_ROLE, ROLE

HOME, ELSEWHERE = "ap-southeast-2", "us-east-1"

HUB = f"""
  function_package         = "one.zip"
  architecture             = "x86_64"
  memory_size              = 256
  timeout                  = 30
  log_level                = "debug"
  log_retention_days       = 7
  reserved_concurrency     = 3
  permissions_boundary_arn = "{BOUNDARY}"
  source_account_ids       = ["111111111111"]
  organization_id          = "o-a1b2c3d4e5"
  sweep_schedule           = "rate(2 hours)"
  dry_run                  = true
  drift_watch              = true
  include_names            = ["shop*"]
  exclude_tags             = {{ logs = "none" }}
  enable_saved_queries     = true
  enable_sns_notifications = true
  notification_email       = "logs@example.com"
  create_alarms            = true
  create_dashboard         = true
  tags                     = {{ team = "platform", cost = "1" }}"""
CHANGED_HUB = """
  function_package   = "two.zip"
  architecture       = "x86_64"
  log_retention_days = 14
  source_account_ids = ["222222222222"]
  sweep_schedule     = "cron(0 3 * * ? *)"
  enable_sns_notifications = true
  notification_email       = "others@example.com"
  create_alarms            = true
  quiet_days               = 3
  create_dashboard         = true
  tags               = { team = "security" }"""
HUB_OF_OWN_ROLE = f"""
  function_package  = "one.zip"
  architecture      = "x86_64"
  function_role_arn = "{ROLE}"
  sweep_schedule    = "never\""""

FORWARDER = f"""
  event_bus_arn         = "arn:aws:events:{ELSEWHERE}:{ACCOUNT}:event-bus/one"
  rule_name             = "forward"
  create_catalog_role   = true
  hub_function_role_arn = "{ROLE}"
  external_id           = "{EXTERNAL_ID}"
  create_workgroup      = true
  tags                  = {{ team = "platform", cost = "1" }}

  query_results_location         = "s3://query-results/"
  bytes_scanned_cutoff_per_query = 10000000000"""
# A hub in another region has another catalog role here, and a bus of another name another workgroup.
CHANGED_FORWARDER = f"""
  event_bus_arn         = "arn:aws:events:{HOME}:{ACCOUNT}:event-bus/two"
  rule_name             = "forward"
  log_types             = ["alb_access", "waf"]
  create_catalog_role   = true
  hub_function_role_arn = "{OTHER_ROLE}"
  create_workgroup      = true
  tags                  = {{ team = "security" }}"""
FORWARDER_OF_OWN_ROLE = f"""
  event_bus_arn = "arn:aws:events:{ELSEWHERE}:{ACCOUNT}:event-bus/one"
  rule_name     = "forward"
  role_arn      = "{ROLE}\""""

TABLE_SCHEMA = f"""
  event_bus_arn = "arn:aws:events:REGION:{ACCOUNT}:event-bus/log-enablement-bus"
  log_type      = "waf\""""
CHANGED_TABLE_SCHEMA = (
    TABLE_SCHEMA
    + """
  projection_start = "NOW-90DAYS\""""
)
