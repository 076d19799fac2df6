"""A privacy policy: its sections, what they say, and which matters of article 32(1) they state."""
