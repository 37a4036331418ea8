output "statements" {
  value = provider::logenabler::ddl("vpc_flow", "central-logs", "network", "arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/fl-0123456789abcdef0")
}
