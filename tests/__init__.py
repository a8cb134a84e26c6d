"""Tests mirror the rooms; journeys are whole stories; architecture keeps the house in order."""
