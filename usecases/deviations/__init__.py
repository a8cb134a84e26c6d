"""What can happen to a deviation, from the first sentence to the closed case."""
