"""Who may do what for whom: organisations, users, members, roles, and the one permission function."""
