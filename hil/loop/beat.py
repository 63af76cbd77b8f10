"""The beat of a closed loop: how punctual its scans were, and which were lost."""

from __future__ import annotations

from typing import Any

import numpy as np

POINTS = (50, 99)


class Beat:
    """Counted as it runs; times in seconds of the wall."""

    def __init__(self, scan: float):
        self.scan, self.scans, self.lost, self.overruns, self.skipped, self.safe = scan, 0, 0, 0, 0, 0
        self._late: list[float] = []
        self._took: list[float] = []

    def count(self, late: float, took: float, is_answered: bool) -> None:
        """One scan: how late it began, how long it took, and whether the controller answered."""
        self.scans += 1
        self._late.append(late)
        if is_answered:
            self._took.append(took)
        else:
            self.lost += 1
        self.overruns += took > self.scan

    def plain(self) -> dict[str, Any]:
        """Figures, in ms: jitter is how late scans began; ``skipped`` are those that an overrun left no time for."""
        late, took = _points(self._late), _points(self._took)
        return {
            "scans": self.scans, "lost": self.lost, "overruns": self.overruns, "skipped": self.skipped,
            "safe_states": self.safe, "scan_ms": 1e3 * self.scan,
            **{f"jitter_{name}_ms": value for name, value in late.items()},
            **{f"exchange_{name}_ms": value for name, value in took.items()},
        }  # fmt: skip


def _points(times: list[float]) -> dict[str, float | None]:
    if not times:
        return {**{f"p{point}": None for point in POINTS}, "max": None}
    found = dict(zip(POINTS, np.percentile(times, POINTS).tolist(), strict=True))
    return {f"p{point}": round(1e3 * value, 3) for point, value in found.items()} | {"max": round(1e3 * max(times), 3)}
