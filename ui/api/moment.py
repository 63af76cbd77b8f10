"""Moments as people and programs write them: ISO 8601, or ns since 1970; inside they are UTC ns."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np

from plant.error import OutOfRange

SECOND = 1_000_000_000  # ns
_STEPS = {"ms": SECOND // 1000, "s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND, "d": 86_400 * SECOND}
_WIDEST = 36_500 * _STEPS["d"]  # a century; the historian reckons in 64-bit ns, which 292 years fill
_RULE = "must be a moment: ISO 8601, as 2026-01-31T12:00:00Z, or ns since 1970"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(name: str, text: str) -> int:
    """UTC ns of a moment; ISO 8601 without an offset is UTC. Raises :class:`OutOfRange`."""
    since_1970 = int(text) if re.fullmatch(r"[0-9]{1,19}", text) else _of_iso(name, text)
    if not 0 <= since_1970 < 2**63:
        raise OutOfRange(name, text, _RULE)
    return since_1970


def _of_iso(name: str, text: str) -> int:
    try:
        at = datetime.fromisoformat(re.sub(r" (?=\d\d:?\d\d$)", "+", text))  # a + in a URL arrives as a blank
    except ValueError:
        raise OutOfRange(name, text, _RULE) from None
    past = (at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH
    return (past.days * 86_400 + past.seconds) * SECOND + past.microseconds * 1000


def width(text: str) -> int | None:
    """ns of an interval, ``10s``, ``1m``, ``1h`` …; ``None`` for ``raw``. Raises :class:`OutOfRange`."""
    if text == "raw":
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,5})(ms|s|m|h|d)", text)
    if not found:
        raise OutOfRange("interval", text, "must be raw, or a number with ms, s, m, h or d, as 10s")
    step = int(found[1]) * _STEPS[found[2]]
    if step > _WIDEST:
        raise OutOfRange("interval", text, f"must be at most {_WIDEST // _STEPS['d']}d")
    return step


def iso(time: int) -> str:
    """A moment as people read it, to the millisecond."""
    return f"{np.datetime_as_string(np.datetime64(time, 'ns'), unit='ms')}Z"
