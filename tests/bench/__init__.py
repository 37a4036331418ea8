"""What a user waits for, measured beside a provider that somebody else wrote."""
