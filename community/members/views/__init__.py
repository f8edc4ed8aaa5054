"""The doors of members, by noun."""
