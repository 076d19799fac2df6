"""How the two sides talk: signed notices, inquiries, answers and announcements."""
