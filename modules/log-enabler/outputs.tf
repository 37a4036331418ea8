output "event_bus_arn" {
  description = "The event bus in the central region: what further forwarders send to."
  value       = logenabler_hub.this.event_bus_arn
}

output "event_bus_name" {
  description = "Its name, as metrics and alarms call it."
  value       = logenabler_hub.this.event_bus_name
}

output "function_arn" {
  description = "The function that makes the tables."
  value       = logenabler_hub.this.function_arn
}

output "function_name" {
  description = "Its name, as metrics, alarms and its log group call it."
  value       = logenabler_hub.this.function_name
}

output "function_role_arn" {
  description = "The function's role: whom to grant permissions in Lake Formation, and what the module member asks for."
  value       = logenabler_hub.this.function_role_arn
}

output "external_id" {
  description = "The external id, which the forwarders of other accounts need."
  value       = logenabler_hub.this.external_id
}

output "schema_database_name" {
  description = "The Glue database in the central region that keeps table_schemas."
  value       = logenabler_hub.this.schema_database_name
}

output "dead_letter_queue_urls" {
  description = "By region, the queues in which events wait that could not be delivered or handled."
  value = {
    for region in setunion(var.source_regions, [var.central_region]) : region => concat(
      region == var.central_region ? [logenabler_hub.this.dead_letter_queue_url] : [],
      [for home, forwarder in logenabler_region_forwarder.this : forwarder.dead_letter_queue_url if home == region],
    )
  }
}

output "workgroup_arns" {
  description = "By source region, the workgroup of Athena for those who query the tables, where one is made."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.workgroup_arn }
}

output "rule_arns" {
  description = "By source region, the rules on its default event bus."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.rule_arns }
}

output "log_types" {
  description = "By source region, the log types that are watched there."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.log_types }
}

output "event_patterns" {
  description = "By source region, the event pattern of each rule, as JSON."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.event_patterns }
}

output "table_ddl" {
  description = "The table of each log type in table_schemas, as SQL to read."
  value       = { for log_type, schema in logenabler_table_schema.this : log_type => schema.ddl }
}
