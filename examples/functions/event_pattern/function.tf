output "event_patterns" {
  value = provider::logenabler::event_pattern(["cloudtrail", "waf"])
}
