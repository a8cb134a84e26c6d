"""A try-out in the terminal, with invented people and contracts."""
