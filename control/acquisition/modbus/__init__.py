"""Modbus: the driver of devices whose profile is a register map, on TCP, TLS or a serial line."""
