"""Speeds of a simulated field that its bench's clock can follow.

On the wall's clock everything is stored under times that pass at 1: plant time at another speed would run away from
them, and what devices date themselves would lie in the future.
"""

from __future__ import annotations


def obstacle(clock: str, speed: float) -> str:
    """What keeps a field of a bench with this ``clock`` from this speed, and what to do; empty where nothing does."""
    if clock != "wall" or speed in (0.0, 1.0):
        return ""
    return 'must be 0 or 1 on the wall\'s clock: write clock = "field" in a copy of the bench, and start with --bench'
