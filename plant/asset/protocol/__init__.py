"""What a protocol is: a row each, which benches, drivers and simulators read."""
