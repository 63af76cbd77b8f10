"""Benches: timelines of what is done to a field and what must then be seen, their player and their verdict."""
