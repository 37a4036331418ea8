"""What an installation costs in a month, computed from the calls of the function: docs/guides/cost.md."""
