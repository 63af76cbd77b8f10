"""OPC UA: devices whose profile is a set of nodes."""
