"""Targets at work: what a bench brings up, holds, cycles and lets go again."""
