# alb_shop
output "of_load_balancer" {
  value = provider::logenabler::table_name("alb_access", "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188")
}

# The name of a bucket that has dots needs to be told from others: account and region go behind its ARN.
output "of_bucket" {
  value = provider::logenabler::table_name("s3_access", "arn:aws:s3:::shop.example.com", "123456789012", "eu-west-1")
}
