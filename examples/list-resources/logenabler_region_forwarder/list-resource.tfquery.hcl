list "logenabler_region_forwarder" "ireland" {
  provider = logenabler

  config {
    region = "eu-west-1"
  }
}
