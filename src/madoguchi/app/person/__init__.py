"""The person's side (本人): one's own cases, the mails and calls in them, what was asked and answered."""
