resource "logenabler_hub" "this" {
  region             = "ap-southeast-2"
  memory_size        = 256
  log_retention_days = 90
  source_account_ids = ["210987654321"]
  create_alarms      = true
  create_dashboard   = true

  tags = {
    team = "platform"
  }
}
