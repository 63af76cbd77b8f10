"""What travels on the bus besides batches: typed, versioned messages, a file a noun. On the wire they are JSON."""
