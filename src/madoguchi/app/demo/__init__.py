"""The demo: a made-up shop, a local post office, and the story that runs through the same services as the pages."""
