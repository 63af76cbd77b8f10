"""OPC UA as a wire of simulated devices."""
