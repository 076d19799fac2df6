"""Where to ask: a site's pages and its official windows."""
