"""The field itself: what it is made of and how it behaves."""
