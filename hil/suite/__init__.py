"""Acceptance suites, shipped: each runs unchanged on whatever has the features that its tests need."""
