list "logenabler_table_schema" "here" {
  provider = logenabler

  config {
    region = "ap-southeast-2"
  }
}
