"""How well an alarm system serves its operators: the measures of ANSI/ISA-18.2-2016, clause 16 (IEC 62682, EEMUA 191).

Rates are counted in whole intervals of ten minutes from the start of the time looked at. A flood begins with the first
of more than ten alarms and ends before the first of fewer than five. A chattering alarm is raised three times or more
within a minute; a fleeting one has gone within a minute, before anybody could do anything; a stale one has stood for
more than a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from control.alarms.annunciation import Annunciation

SECOND, MINUTE = 10**9, 60 * 10**9
INTERVAL, DAY = 10 * MINUTE, 1440 * MINUTE
FLOOD_BEGINS, FLOOD_ENDS = 10, 5  # more than, fewer than so many in an interval
CHATTERS, WITHIN = 3, MINUTE
TOP = 10
PRIORITIES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Flood:
    """Intervals one after the other with more alarms than an operator can take. Times in UTC ns."""

    start: int
    end: int
    alarms: int


@dataclass(frozen=True)
class BadActor:
    """One alarm, how often it was raised, and its share of all."""

    alarm: str
    count: int
    share: float


@dataclass(frozen=True)
class Metrics:
    """Of ``start <= raised < end``. Times in UTC ns, durations in seconds; ``None`` where there was nothing."""

    start: int
    end: int
    alarms: int
    per_10_min: float
    most_in_10_min: int
    overloaded_share: float  # of the intervals with more than ten
    floods: tuple[Flood, ...]
    flood_share: float  # of the time
    chattering: tuple[str, ...]
    fleeting: tuple[str, ...]
    stale: tuple[str, ...]
    standing: int  # raised, also before, and not gone at the end
    top: tuple[BadActor, ...]
    top_share: float
    by_priority: dict[int, float]  # share of each
    acknowledged_after: float | None  # median
    returned_after: float | None  # median
    unacknowledged: int


def measured(told: Sequence[Annunciation], start: int, end: int) -> Metrics:
    """The measures of what was told in a time. What was raised before it counts where it stands still."""
    known, told = told, [one for one in told if start <= one.raised < end]
    counts = _counts(told, start, end)
    floods = tuple(_floods(counts, start, end))
    often = Counter(one.alarm for one in told)
    total = len(told)
    top = tuple(BadActor(alarm, count, count / total) for alarm, count in often.most_common(TOP))
    return Metrics(
        start=start, end=end, alarms=total, per_10_min=total * INTERVAL / (end - start),
        most_in_10_min=int(counts.max(initial=0)), overloaded_share=float((counts > FLOOD_BEGINS).mean()),
        floods=floods, flood_share=sum(flood.end - flood.start for flood in floods) / (end - start),
        chattering=_chattering(told), fleeting=_fleeting(told), stale=_stale(known, start, end),
        standing=sum(one.raised < end <= (one.ended or end) for one in known),
        top=top, top_share=sum(actor.share for actor in top),
        by_priority={p: sum(one.priority == p for one in told) / total if total else 0.0 for p in PRIORITIES},
        acknowledged_after=_median([one.acknowledged - one.raised for one in told if one.acknowledged is not None]),
        returned_after=_median([one.ended - one.raised for one in told if one.ended and not one.was_set_aside]),
        unacknowledged=sum(one.acknowledged is None for one in told),
    )  # fmt: skip


def _counts(told: Sequence[Annunciation], start: int, end: int) -> np.ndarray:
    """How many were raised in each interval; the last one may be cut short by the end."""
    at = np.array([one.raised - start for one in told], dtype=np.int64) // INTERVAL
    return np.bincount(at, minlength=-(-(end - start) // INTERVAL))


def _floods(counts: np.ndarray, start: int, end: int) -> Iterator[Flood]:
    begun: int | None = None
    for i, count in enumerate([*counts.tolist(), 0]):
        if begun is None and count > FLOOD_BEGINS:
            begun = i
        elif begun is not None and count < FLOOD_ENDS:
            until = min(start + i * INTERVAL, end)
            yield Flood(start + begun * INTERVAL, until, int(counts[begun:i].sum()))
            begun = None


def _chattering(told: Sequence[Annunciation]) -> tuple[str, ...]:
    times: dict[str, list[int]] = {}
    for one in told:
        times.setdefault(one.alarm, []).append(one.raised)
    return tuple(alarm for alarm, at in sorted(times.items()) if _is_repeated(sorted(at)))


def _is_repeated(at: Sequence[int]) -> bool:
    return any(last - first <= WITHIN for first, last in zip(at, at[CHATTERS - 1 :], strict=False))


def _fleeting(told: Sequence[Annunciation]) -> tuple[str, ...]:
    """Of those that do not chatter: a chattering alarm is one trouble, not two."""
    gone = {
        one.alarm for one in told if one.ended is not None and not one.was_set_aside and one.ended - one.raised < WITHIN
    }
    return tuple(sorted(gone - set(_chattering(told))))


def _stale(known: Sequence[Annunciation], start: int, end: int) -> tuple[str, ...]:
    stood = ((one.alarm, one.raised, min(one.ended or end, end)) for one in known)
    return tuple(sorted({alarm for alarm, raised, until in stood if until > start and until - raised > DAY}))


def _median(durations: Sequence[int]) -> float | None:
    return median(durations) / SECOND if durations else None
