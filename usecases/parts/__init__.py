"""What several use cases are made of: steps inside a unit that somebody else opens and commits."""
