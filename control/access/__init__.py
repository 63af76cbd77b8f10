"""Access: who may do what. Pure: it knows roles, permissions and places, and neither passwords nor sockets."""
