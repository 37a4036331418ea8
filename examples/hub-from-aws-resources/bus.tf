# The event bus, whom it lets in, and the rule that hands events to the function.

resource "aws_cloudwatch_event_bus" "this" {
  name = local.bus
}

# Only rules of this account. Those of another would need the catalog role of a member as well.
resource "aws_cloudwatch_event_bus_policy" "this" {
  event_bus_name = aws_cloudwatch_event_bus.this.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "ForwardersOfAccounts"
      Effect    = "Allow"
      Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
      Action    = "events:PutEvents"
      Resource  = aws_cloudwatch_event_bus.this.arn
      Condition = { ArnLike = { "aws:SourceArn" = "arn:${local.partition}:events:*:${local.account}:rule/*" } }
    }]
  })
}

# What anybody puts on the bus by hand cannot have such a source.
resource "aws_cloudwatch_event_rule" "trigger" {
  name           = "LogEnablementTrigger"
  event_bus_name = aws_cloudwatch_event_bus.this.name
  event_pattern  = jsonencode({ source = [{ prefix = "aws." }] })
}

resource "aws_cloudwatch_event_target" "function" {
  rule           = aws_cloudwatch_event_rule.trigger.name
  event_bus_name = aws_cloudwatch_event_bus.this.name
  target_id      = "logenabler"
  arn            = aws_lambda_function.this.arn

  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }

  # The rule starts the flow: all that it needs comes first.
  depends_on = [
    aws_lambda_permission.rule,
    aws_lambda_function_event_invoke_config.this,
    aws_sqs_queue_policy.dead_letters,
  ]
}

# Where an event waits that could not be delivered or handled, for two weeks.
resource "aws_sqs_queue" "dead_letters" {
  name                      = "${local.function}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "UndeliverableEvents"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.dead_letters.arn
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals = {
          "aws:SourceArn" = [aws_cloudwatch_event_rule.trigger.arn, aws_cloudwatch_event_rule.sweep.arn]
        }
      }
    }]
  })
}
