"""Volume for measuring: made-up pages, comments and subscriptions, in bulk inserts."""
