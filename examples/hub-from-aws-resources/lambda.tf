# The function, its role, its log, and the Glue database in which table schemas are kept.

resource "aws_lambda_function" "this" {
  function_name    = local.function
  description      = "Makes the Glue table of every log that is turned on. Managed by logenabler."
  role             = aws_iam_role.function.arn
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = [var.architecture]
  filename         = var.function_package
  source_code_hash = filebase64sha256(var.function_package)
  memory_size      = 128
  timeout          = 60

  environment {
    variables = {
      LOGENABLER_SCHEMA_DATABASE = aws_glue_catalog_database.schemas.name
      LOGENABLER_EVENT_BUS_ARN   = aws_cloudwatch_event_bus.this.arn
      LOGENABLER_LOG_LEVEL       = "info"
    }
  }

  # The function makes lines of JSON, and leaves out what is below its own level.
  logging_config {
    log_format            = "JSON"
    application_log_level = "DEBUG"
  }

  # Lambda would make a log group that is kept for ever.
  depends_on = [aws_cloudwatch_log_group.function]
}

# Lambda's maxima: two more tries within six hours, then the event goes to the queue.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = aws_lambda_function.this.function_name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead_letters.arn
    }
  }

  # Lambda asks whether the role may send there.
  depends_on = [aws_iam_role_policy.function]
}

resource "aws_lambda_permission" "rule" {
  statement_id  = "logenabler-rule"
  function_name = aws_lambda_function.this.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.trigger.arn
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${local.function}"
  retention_in_days = 30
}

resource "aws_iam_role" "function" {
  name = "${local.function}Role-${var.central_region}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = local.function_arn }
      }
    }]
  })
}

# What the function may do follows from the log types: with a new version of the provider, take its new file as well.
resource "aws_iam_role_policy" "function" {
  name = "logenabler"
  role = aws_iam_role.function.name

  policy = templatefile("${path.module}/function_policy.json.tftpl", {
    partition     = local.partition
    account       = local.account
    function_arn  = local.function_arn
    log_group_arn = aws_cloudwatch_log_group.function.arn
    queue_arn     = aws_sqs_queue.dead_letters.arn
  })
}

resource "aws_glue_catalog_database" "schemas" {
  name        = "${replace(local.bus, "-", "_")}_schemas"
  description = "Table schema templates of a logenabler hub."
}
