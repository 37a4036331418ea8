"""Contract tests of the local AWS stand-in."""
