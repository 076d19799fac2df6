"""The notice to each person (本人通知): who is told what, by which way, approved by whom, and what became of it."""
