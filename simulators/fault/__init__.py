"""Faults: one table of what can go wrong with a field, from its rock to its wires, and who lets it happen."""
