"""What people do about their follow-ups: answer, put off, hand over, finish and approve them."""
