# Who may query the tables. A default of null leaves the choice to the provider.

variable "lake_formation_readers" {
  description = "Who is let in to query the tables, where Lake Formation is in force: ARNs of its roles and users; with [] nobody any more."
  type        = set(string)
  default     = null

  validation {
    condition     = alltrue([for reader in coalesce(var.lake_formation_readers, []) : can(regex("^arn:[^ *]+$", reader))])
    error_message = "One of lake_formation_readers is no principal. Give ARNs such as \"arn:aws:iam::123456789012:role/analyst\"."
  }
}
