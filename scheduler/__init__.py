"""The clock set it going: which job runs how often."""
