"""Is it really from them: mails, texts, addresses and phone numbers, with a verdict that carries its reasons."""
