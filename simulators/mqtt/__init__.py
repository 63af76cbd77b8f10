"""MQTT as a wire of simulated devices."""
