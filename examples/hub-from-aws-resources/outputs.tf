output "function_arn" {
  description = "The function that makes the tables."
  value       = aws_lambda_function.this.arn
}

output "dead_letter_queue_urls" {
  description = "By region, where events wait that could not be delivered, and those that could not be handled. Put an alarm on them."
  value = merge(
    { for region, forwarder in logenabler_region_forwarder.this : region => forwarder.dead_letter_queue_url },
    { hub = aws_sqs_queue.dead_letters.url },
  )
}
