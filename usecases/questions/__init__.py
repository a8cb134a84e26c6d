"""What can be asked about many contracts at once. Everything here only reads."""
