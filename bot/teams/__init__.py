"""The seam to Teams: the only room that knows the Bot Framework and the shape of its messages."""
