# Whether the function looks into files. A default of null leaves the choice to the provider.

variable "drift_watch" {
  description = "Whether sweeps look into the newest file of each table, and say what it has that the table does not read."
  type        = bool
  default     = null
}
