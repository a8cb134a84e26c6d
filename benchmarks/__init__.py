"""How quick it is, told as ratios to a floor measured in the same run. Run by hand, never by the tests."""
