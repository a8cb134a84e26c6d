"""What people do about a watched date: settle it, take it up, dismiss it, hand it over, take that back."""
