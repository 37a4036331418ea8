output "catalog_role_arns" {
  description = "By source region, the role through which the hub's function works there: whom to grant permissions in Lake Formation."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.catalog_role_arn }
}

output "dead_letter_queue_urls" {
  description = "By source region, the queue in which events wait that could not be delivered."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.dead_letter_queue_url }
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
