resource "logenabler_hub" "this" {
  region = "ap-southeast-2"
}

resource "logenabler_region_forwarder" "ireland" {
  region        = "eu-west-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn
  log_types     = ["alb_access"]
}

# With a workgroup for those who query the tables: no query reads more than 100 GB, and results go where they are said to.
resource "logenabler_region_forwarder" "virginia" {
  region        = "us-east-1"
  event_bus_arn = logenabler_hub.this.event_bus_arn

  create_workgroup               = true
  bytes_scanned_cutoff_per_query = 100000000000
  query_results_location         = "s3://query-results-of-virginia/logs/"
}
