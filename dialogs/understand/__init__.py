"""From what somebody typed, in Swedish or English, to what they meant: deterministic, offline, and asking rather than guessing."""
