"""The tables as Athena has them: Trino, which Athena is made of, over the stand-in's Glue and S3."""
