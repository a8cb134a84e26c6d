"""What is right: the rules of contract follow-up as pure functions and values."""
