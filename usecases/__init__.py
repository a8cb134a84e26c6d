"""What happens: one file for each thing someone, or the clock, can ask for."""
