output "event_bus_arn" {
  description = "The event bus in the central region: what further forwarders send to."
  value       = logenabler_hub.this.event_bus_arn
}

output "function_arn" {
  description = "The function that makes the tables."
  value       = logenabler_hub.this.function_arn
}

output "function_role_arn" {
  description = "The function's role: whom to grant permissions in Lake Formation."
  value       = logenabler_hub.this.function_role_arn
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

output "log_types" {
  description = "By source region, the log types that are watched there."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.log_types }
}

output "event_patterns" {
  description = "By source region, the event pattern of each rule, as JSON."
  value       = { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.event_patterns }
}
