"""What to look for, one file a pattern."""
