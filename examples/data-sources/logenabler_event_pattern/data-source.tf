data "logenabler_event_pattern" "security" {
  log_types = ["cloudtrail", "waf"]
}

# Each is the event_pattern of a rule of your own.
output "event_patterns" {
  value = data.logenabler_event_pattern.security.event_patterns
}
