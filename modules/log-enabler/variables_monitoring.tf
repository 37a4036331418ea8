# What tells people how it goes. A default of null leaves the choice to the provider.

variable "create_alarms" {
  description = "Whether there are alarms on dead letters, on failures and on no event at all."
  type        = bool
  default     = null
}

variable "quiet_days" {
  description = "Days without any event after which the alarm goes off, 1 to 7; 0 is no such alarm."
  type        = number
  default     = null

  validation {
    condition     = contains(range(8), coalesce(var.quiet_days, 7))
    error_message = "quiet_days is not such a number of days. Give 1 to 7, or 0 for no such alarm."
  }
}

variable "create_dashboard" {
  description = "Whether there is a dashboard of all that the function counts."
  type        = bool
  default     = null
}
