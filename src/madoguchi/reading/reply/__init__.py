"""A reply, judged question by question: whose words they are, what each sentence answers, and how far."""
