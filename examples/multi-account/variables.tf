variable "hub_account_id" {
  description = "Account of the hub, which the credentials are of."
  type        = string
  default     = "123456789012"
}

variable "shop_account_id" {
  description = "Account of the shop, another one."
  type        = string
  default     = "210987654321"
}

variable "role_name" {
  description = "Role in the shop's account that whoever runs Terraform may take on."
  type        = string
  default     = "Deployer"
}
