"""Hosts the house, wires its rooms and speaks to Microsoft."""
