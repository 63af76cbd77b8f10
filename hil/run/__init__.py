"""Runs: what is kept of a run of suites, and the reports made of it."""
