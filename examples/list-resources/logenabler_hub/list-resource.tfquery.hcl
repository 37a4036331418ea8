list "logenabler_hub" "here" {
  provider = logenabler

  config {
    region = "ap-southeast-2"
  }
}
