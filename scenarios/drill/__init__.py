"""Drills: what befalls a field, what is to be done about it, and what a try at it is worth."""
