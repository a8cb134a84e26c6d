"""What a contract gives a right to, answered case by case."""
