"""Where the house touches the network: the guarded fetcher and the DNS look-up that the rooms are handed."""
