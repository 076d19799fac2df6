"""What a company wrote (announcements, replies, policies), read into facts with their place in the text."""
