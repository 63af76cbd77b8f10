"""Modbus TCP: a server over register images, and the bridge from a device to its registers."""
