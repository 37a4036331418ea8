# Names, for a second hub beside the first.

variable "event_bus_name" {
  description = "Name of the event bus. A second hub in the same region needs its own."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,190}$", coalesce(var.event_bus_name, "none"))) && coalesce(var.event_bus_name, "none") != "default"
    error_message = "This cannot be the event_bus_name. Take 1 to 190 letters, digits, '.', '-' and '_', and not \"default\", which every region has."
  }
}

variable "function_name" {
  description = "Name of the function. A second hub in the same region needs its own."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", coalesce(var.function_name, "none")))
    error_message = "This cannot be the function_name. Take 1 to 64 letters, digits, '-' and '_'."
  }
}

variable "rule_name" {
  description = "Name of the rule in each source region. A second hub in the same region needs its own if both watch a region."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,61}$", coalesce(var.rule_name, "none")))
    error_message = "This cannot be the rule_name. Take 1 to 61 letters, digits, '.', '-' and '_'."
  }
}
