output "function_arn" {
  description = "The function that makes the tables."
  value       = module.log_enabler.function_arn
}

output "dead_letter_queue_urls" {
  description = "By region, where events wait that could not be delivered or handled. Put an alarm on them."
  value       = module.log_enabler.dead_letter_queue_urls
}

output "table_ddl" {
  description = "The tables of the log types that are changed here, as SQL to read."
  value       = module.log_enabler.table_ddl
}
