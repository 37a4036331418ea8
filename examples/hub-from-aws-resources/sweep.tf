# The rule that has the function look, once a day, for logs that no event told of. Only the default bus knows schedules.

resource "aws_cloudwatch_event_rule" "sweep" {
  name                = "${local.function}Sweep"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "sweep" {
  rule      = aws_cloudwatch_event_rule.sweep.name
  target_id = "logenabler"
  arn       = aws_lambda_function.this.arn
  input     = jsonencode({ sweep = {} })

  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }

  depends_on = [
    aws_lambda_permission.sweep,
    aws_lambda_function_event_invoke_config.this,
    aws_sqs_queue_policy.dead_letters,
  ]
}

resource "aws_lambda_permission" "sweep" {
  statement_id  = "logenabler-sweep"
  function_name = aws_lambda_function.this.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.sweep.arn
}
