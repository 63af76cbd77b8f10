"""Model access: what a test reads, writes, waits for and captures, by the names of signals."""
