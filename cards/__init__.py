"""What is seen: pure functions from domain values to Adaptive Cards and sentences."""
