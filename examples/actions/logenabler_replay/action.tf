resource "logenabler_hub" "this" {
  region = "ap-southeast-2"
}

# terraform apply -invoke=action.logenabler_replay.hub
action "logenabler_replay" "hub" {
  config {
    dead_letter_queue_url = logenabler_hub.this.dead_letter_queue_url
    function_arn          = logenabler_hub.this.function_arn
    region                = logenabler_hub.this.region
  }
}
