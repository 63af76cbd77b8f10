"""The field's devices on the wire: instruments, drives and controllers, and the servers that speak for them."""
