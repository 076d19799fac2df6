"""What a company signs for others: the keys of its official domain, and the document that publishes them."""
