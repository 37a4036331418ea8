# What is saved in Athena. A default of null leaves the choice to the provider.

variable "enable_saved_queries" {
  description = "Whether the function saves queries in Athena with each table, in the workgroup with the event bus's name."
  type        = bool
  default     = null
}
