"""What a user waits for or pays, measured beside what somebody else would have."""
