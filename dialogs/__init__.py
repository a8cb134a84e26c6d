"""A person set it going: what they typed or pressed, turned into use cases and answers."""
