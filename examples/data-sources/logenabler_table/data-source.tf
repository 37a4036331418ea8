data "logenabler_table" "shop" {
  log_type     = "alb_access"
  resource_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
  bucket       = "central-logs"
  prefix       = "web"
}

output "shop" {
  value = data.logenabler_table.shop.ddl
}
