"""Mail: the outbox (a row first, sent at most once per decision, provable afterwards) and its sender."""
