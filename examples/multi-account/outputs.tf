output "catalog_role_arns" {
  description = "By region of the shop, the role through which the hub's function makes tables there."
  value       = module.shop.catalog_role_arns
}

output "dead_letter_queue_urls" {
  description = "By account and region, where events wait that could not be delivered or handled. Put an alarm on them."
  value = {
    hub  = module.log_enabler.dead_letter_queue_urls
    shop = module.shop.dead_letter_queue_urls
  }
}
