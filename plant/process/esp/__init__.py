"""Wells lifted by electric submersible pumps: what they are, and how they move."""
