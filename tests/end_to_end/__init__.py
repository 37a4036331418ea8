"""The whole product: a real Terraform, the real provider, the real function, a local AWS."""
