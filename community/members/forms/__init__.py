"""The forms of accounts: allauth's, in our words and with fewer fields."""
