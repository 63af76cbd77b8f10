"""A day's production: what a field gave, divided among its wells, closed with approval, and corrected by new entries.

A well's share of the field's total is what its last valid test and its hours would have given (its theoretical volume)
over all wells' (API MPMS 20.1's allocation by test). What a well did not give while it stood is deferred, by reason.
Volumes are m³ at standard conditions, times s, energy J.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from historian.ledger.books import Books, Row
from plant.error import OutOfRange

SECOND = 10**9  # ns
PHASES = ("oil", "gas", "water")
CLOSED, OPEN, CORRECTION = "CLOSED", "OPEN", "CORRECTION"
MEASURED = ("gas_flared", "water_injected", "gas_injected", "energy", "chemicals")  # of a whole field or of one well


@dataclass(frozen=True)
class Span:
    """A production day: from its first instant to the next day's, which need not be 24 h apart."""

    day: date
    start: int  # UTC ns
    end: int

    @classmethod
    def of(cls, day: date, zone: str = "UTC", hour: int = 0) -> Span:
        """The day that begins at that hour by that zone's clock. Raises :class:`OutOfRange` for a zone there is not."""
        if isinstance(hour, bool) or not isinstance(hour, int) or not 0 <= hour <= 23:
            raise OutOfRange("hour", hour, "must be a whole number from 0 to 23")
        try:
            local = ZoneInfo(zone)
        except (KeyError, ValueError, TypeError, AttributeError):
            raise OutOfRange("zone", zone, "must be a time zone by name, as America/Bogota") from None
        first = datetime(day.year, day.month, day.day, hour, tzinfo=local)
        following = day + timedelta(days=1)
        last = datetime(following.year, following.month, following.day, hour, tzinfo=local)
        return cls(day, int(first.timestamp()) * SECOND, int(last.timestamp()) * SECOND)

    @property
    def length(self) -> float:
        """[s]."""
        return (self.end - self.start) / SECOND


def downtime(span: Span, stops: Sequence[Mapping[str, Any]]) -> float:
    """How long a well stood [s]: stops that overlap count once, one that has not ended until the day does."""
    total, until = 0, span.start
    for stop in sorted(stops, key=lambda one: one["start"]):
        begin, end = max(stop["start"], until), min(span.end if stop["end"] is None else stop["end"], span.end)
        if end > begin:
            total, until = total + end - begin, end
    return total / SECOND


def allocated(
    totals: Mapping[str, float], theoretical: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Each well's share of the field's totals, by phase; they add up to the totals.

    Raises :class:`OutOfRange` for a total that no well has given by its test.

    >>> allocated({"oil": 90.0}, {"A": {"oil": 60.0}, "B": {"oil": 40.0}})
    {'A': {'oil': 54.0}, 'B': {'oil': 36.0}}
    """
    shares: dict[str, dict[str, float]] = {well: {} for well in theoretical}
    for phase, total in totals.items():
        whole = sum(of[phase] for of in theoretical.values())
        if whole <= 0.0 < total:
            raise OutOfRange(phase, total, "must be given by some well: none has a valid test and hours on that day")
        for well, of in theoretical.items():
            shares[well][phase] = total * of[phase] / whole if whole else 0.0
    return shares


def allocate(
    books: Books, field: str, span: Span, totals: Mapping[str, float], measured: Mapping[str, float] | None = None
) -> list[Row]:
    """Enter a field's day: its totals, divided among its producers; entered again, it takes the place of the open one.

    Raises :class:`OutOfRange` where the day is closed: what is wrong in it is corrected (:func:`correct`).
    """
    known = {row["well_id"]: row for row in _entries(books, field, span.day)}
    if any(row["state"] != OPEN for row in known.values()):
        raise OutOfRange("date", span.day, "must not be closed: what is wrong in it is corrected by new entries")
    wells = _producers(books, field)
    tests = {well["id"]: _test(books, well["id"], span) for well in wells}
    stood = {well["id"]: downtime(span, _stops(books, well["id"], span)) for well in wells}
    theory = {well: _theory(test, span.length - stood[well]) for well, test in tests.items()}
    shares = allocated({phase: totals.get(phase, 0.0) for phase in PHASES}, theory)
    rows = [_of_well(field, span, well, shares[well], tests[well], stood[well]) for well in shares]
    rows.append(_of_field(field, span, totals, measured or {}, rows))
    return [_entered(books, row, known.get(row["well_id"])) for row in rows]


def close(books: Books, field: str, day: date, reason: str) -> list[Row]:
    """Close a day by approval. Raises :class:`OutOfRange` where it was not entered, is closed, or does not balance."""
    rows = _entries(books, field, day)
    if not rows:
        raise OutOfRange("date", day, "must have been entered before it is closed")
    if any(row["state"] != OPEN for row in rows):
        raise OutOfRange("date", day, "is closed already")
    for phase, difference in balance(rows).items():
        if abs(difference) > 1e-6 * max(1.0, max(row[phase] for row in rows)):
            raise OutOfRange(phase, difference, "must be nothing: wells must add up to the field's total")
    books.add("approval", {
        "noun": "daily_production", "subject": f"{field} {day}", "by": books.actor.by, "time": time.time_ns(),
        "verdict": "APPROVED", "reason": reason,
    })  # fmt: skip
    return [books.change("daily_production", row["id"], {"state": CLOSED}) for row in rows]


def correct(books: Books, entry: str, changes: Mapping[str, float], reason: str) -> Row:
    """Correct a closed entry by a new one that holds the differences. Raises :class:`OutOfRange`."""
    closed = books.get("daily_production", entry)
    if closed["state"] != CLOSED:
        raise OutOfRange("entry", entry, "must be of a closed day; of an open one it is entered again")
    if not reason.strip():
        raise OutOfRange("reason", reason, "must be given")
    values = {key: closed[key] for key in closed if key not in ("id", "tenant", "version", "created", "changed")}
    return books.add("daily_production", {
        **values, **changes, "state": CORRECTION, "corrects": entry, "reason": reason,
        "basis": {"before": _volumes(closed)},
    })  # fmt: skip


def standing(rows: Sequence[Row]) -> list[Row]:
    """The entries that hold: the newest correction in place of what it corrects."""
    corrected: dict[str, Row] = {}
    for row in sorted((row for row in rows if row["corrects"]), key=lambda one: (one["created"], one["id"])):
        corrected[row["corrects"]] = row
    return [corrected.get(row["id"], row) for row in rows if not row["corrects"]]


def balance(rows: Sequence[Row]) -> dict[str, float]:
    """By phase, what the field's total has more than its wells together."""
    held = standing(rows)
    return {
        phase: sum(row[phase] if row["well_id"] is None else -row[phase] for row in held) for phase in PHASES
    }  # fmt: skip


def _entries(books: Books, field: str, day: date) -> list[Row]:
    return books.find("daily_production", field_id=field, date=day, limit=100_000)


def _producers(books: Books, field: str) -> list[Row]:
    kinds = ["PROD_OIL", "PROD_GAS"]
    return books.find(
        "well", [("well_type", "in", kinds), ("status", "!=", "ABANDONED")], field_id=field, limit=100_000
    )


def _test(books: Books, well: str, span: Span) -> Row | None:
    found = books.find("well_test", [("start", "<", span.end)], order="-start", limit=1, well_id=well, state="VALID")
    return found[0] if found else None


def _stops(books: Books, well: str, span: Span) -> list[Row]:
    return books.find("downtime", [("start", "<", span.end)], well_id=well, limit=100_000)


def _theory(test: Row | None, hours: float) -> dict[str, float]:
    return {phase: test[phase] * hours if test else 0.0 for phase in PHASES}


def _of_well(
    field: str, span: Span, well: str, share: dict[str, float], test: Row | None, stood: float
) -> dict[str, Any]:
    none = dict.fromkeys(MEASURED, 0.0)
    basis = {"test": test["id"] if test else None, "downtime_s": stood}
    deferred = test["oil"] * stood if test else 0.0
    return {
        "field_id": field, "well_id": well, "date": span.day, "uptime": span.length - stood, **share, **none,
        "deferred_oil": deferred, "state": OPEN, "basis": basis,
    }  # fmt: skip


def _of_field(
    field: str, span: Span, totals: Mapping[str, float], measured: Mapping[str, float], wells: list[dict[str, Any]]
) -> dict[str, Any]:
    whole = {phase: totals.get(phase, 0.0) for phase in PHASES}
    others = {key: measured.get(key, 0.0) for key in MEASURED}
    deferred = sum(row["deferred_oil"] for row in wells)
    return {
        "field_id": field, "well_id": None, "date": span.day, "uptime": span.length, **whole, **others,
        "deferred_oil": deferred, "state": OPEN, "basis": {"wells": len(wells)},
    }  # fmt: skip


def _entered(books: Books, row: dict[str, Any], known: Row | None) -> Row:
    return books.change("daily_production", known["id"], row) if known else books.add("daily_production", row)


def _volumes(row: Row) -> dict[str, float]:
    return {key: row[key] for key in (*PHASES, *MEASURED, "deferred_oil", "uptime")}
