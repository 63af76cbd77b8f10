"""The epoch: what UTC it is when a field's plant time begins."""

from __future__ import annotations

import json
import time
from pathlib import Path

from plant.asset.bench import Bench
from plant.error import ServiceError


def epoch(bench: Bench, kept: Path) -> int:
    """Now, or where the last run noted in ``kept`` that it ended, if that ran ahead of the wall; UTC ns.

    Raises :class:`ServiceError` where the note is damaged: what is stored may be later than now.
    """
    now = time.time_ns()
    if bench.clock == "wall" or not kept.exists():
        return now
    return max(now, _noted(kept))


def note(kept: Path, now: int) -> None:
    """Note that it is ``now`` in the field (UTC ns), in one stroke, so that a killed process leaves a whole file."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    fresh.write_text(json.dumps({"time_ns": now}), encoding="utf-8")
    fresh.replace(kept)


def _noted(kept: Path) -> int:
    try:
        return int(json.loads(kept.read_text(encoding="utf-8"))["time_ns"])
    except (OSError, ValueError, TypeError, KeyError, OverflowError) as error:
        rule = 'must be {"time_ns": …}; without the file, plant time begins at the wall\'s'
        raise ServiceError(f"{kept}: cannot be read ({error!r}): {rule}") from None
