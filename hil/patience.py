"""Patience: how long to wait for something that may never come, on a machine that may have much else to do.

A limit in plain seconds says more of the machine than of what is waited for. Here a second in which the machine's
processors stood idle counts whole, one in which all of them worked only a tenth: whoever starves is given time, and
what hangs while nothing else happens is given up as soon as ever.
"""

from __future__ import annotations

import time

LEAST = 0.1  # of a second in which the machine was busy throughout


class Patience:
    """Ends when ``seconds`` of an idle machine have passed, ten times as many of a busy one at the latest."""

    def __init__(self, seconds: float):
        self.seconds, self._spent = seconds, 0.0
        self._at, self._idle = time.monotonic(), _idle()

    def is_over(self) -> bool:
        """Whether it has come to its end; to be asked every second or so."""
        now, idle = time.monotonic(), _idle()
        passed = now - self._at
        self._spent += min(passed, max(LEAST * passed, idle - self._idle))
        self._at, self._idle = now, idle
        return self._spent > self.seconds


def _idle() -> float:
    """How long the machine has had nothing to do since it was started, over its processors [s]."""
    import psutil  # not before anybody waits

    return float(psutil.cpu_times().idle) / (psutil.cpu_count() or 1)
