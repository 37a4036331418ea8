output "function_arn" {
  description = "The function that makes the tables."
  value       = logenabler_hub.this.function_arn
}

output "dead_letter_queues" {
  description = "Where events wait that could not be delivered or handled."
  value = concat(
    [logenabler_hub.this.dead_letter_queue_url],
    [for forwarder in logenabler_region_forwarder.this : forwarder.dead_letter_queue_url],
  )
}
