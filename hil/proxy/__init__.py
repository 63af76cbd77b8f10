"""A proxy between a device and its master, which understands what passes and spoils it as a test asks."""
