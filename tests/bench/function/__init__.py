"""The function, measured beside a handler in Python and boto3 that does the same job."""
