"""Limit checks of many alarms at once, with deadband.

A high alarm's sign is +1, a low one's −1, so that one expression serves both: how far a value is beyond its
limit. A condition begins beyond the limit and ends only a deadband back inside, so that noise on the limit
does not make it chatter.
"""

from __future__ import annotations

import numpy as np


def is_beyond(
    value: np.ndarray, limit: np.ndarray, sign: np.ndarray, deadband: np.ndarray, was_beyond: np.ndarray
) -> np.ndarray:
    """Which conditions hold, given which held before. All arrays have one element per alarm; units are SI."""
    beyond = (value - limit) * sign
    return (beyond > 0) | (was_beyond & (beyond > -deadband))
