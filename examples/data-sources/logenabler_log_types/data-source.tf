data "logenabler_log_types" "ireland" {
  region = "eu-west-1"
}

# Everything about load balancers, for a forwarder's log_types.
output "of_load_balancers" {
  value = [for log_type in data.logenabler_log_types.ireland.log_types : log_type.name if strcontains(log_type.title, "load balancer")]
}
