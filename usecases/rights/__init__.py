"""What contracts give a right to, as people register it."""
