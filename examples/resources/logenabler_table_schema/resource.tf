resource "logenabler_hub" "this" {
  region = "ap-southeast-2"
}

resource "logenabler_table_schema" "alb_access" {
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_type      = "alb_access"

  database_name    = "security_logs"
  table_name       = "alb_{resource_name}"
  projection_start = "2024/01/01"
  parameters       = { owner = "security" }

  columns = [
    {
      name = "elb_status_code"
      type = "int"
    },
  ]
}
