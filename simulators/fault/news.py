"""News of faults: what has begun and what has ended, stamped with plant time, for the truth channel."""

from __future__ import annotations

from typing import Any

from simulators.fault.whole import FieldFaults, Standing


class News:
    """Looks at the faults of a field, step by step, and keeps what has changed until it is taken."""

    def __init__(self, faults: FieldFaults):
        self._faults = faults
        self._known: dict[tuple[str, str], Standing] = {}
        self._untold: list[dict[str, Any]] = []

    def look(self, now: int) -> None:
        """See what has begun or ended by plant time ``now`` (UTC ns)."""
        if not self._known and self._faults.is_idle:
            return
        there = {(one.malfunction, one.on): one for one in self._faults.standing() if one.severity > 0.0}
        began = [("began", there[key]) for key in there.keys() - self._known.keys()]
        ended = [("ended", self._known[key]) for key in self._known.keys() - there.keys()]
        self._known = there
        for what, one in sorted([*began, *ended], key=lambda each: each[1].on):
            self._untold.append({
                "time_ns": now, "what": what, "malfunction": one.malfunction, "on": one.on,
                "severity": one.severity, "target": one.target,
            })  # fmt: skip

    def take(self) -> list[dict[str, Any]]:
        """What has not been told yet, the oldest first."""
        untold, self._untold = self._untold, []
        return untold
