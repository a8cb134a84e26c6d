"""The controller's levers: what goes out tomorrow, whether anything does, and to whom."""
