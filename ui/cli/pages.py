"""Pages of history: a range of time as the API gives it, a bounded part after the other, in chosen units and zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import numpy as np

from control.bus.quality import name as quality_name
from plant.error import OutOfRange
from plant.unit import UNITS, Unit, units_asked
from ui.api.moment import SECOND, iso, moment, width
from ui.cli.client import Api

ROWS = 50_000  # of a page
RAW, AVERAGED, COUNTED = ("value",), ("average", "min", "max"), ("count", "bad")


@dataclass(frozen=True)
class Asked:
    """A range of history: what is asked of the API, and how it is to be shown."""

    api: Api
    tags: tuple[str, ...]
    start: int  # [ns]
    end: int
    every: str
    units: dict[str, Unit]  # by tag
    zone: tzinfo | None  # None: that of this machine
    limit: int
    run: str | None = None  # the one that runs now

    @classmethod
    def of(
        cls, api: Api, tags: Sequence[str], since: str, until: str, every: str, units: Sequence[str], zone: str,
        limit: int = ROWS, run: str | None = None,
    ) -> Asked:  # fmt: skip
        """As a person asks. Raises :class:`OutOfRange` for what is none of time, unit, zone or interval."""
        width(every)
        by_quantity, place = units_asked(units), _zone(zone)
        known = api.get("/tags", tags=",".join(tags))["tags"]
        own = {row["tag"]: by_quantity.get(row["quantity"], UNITS[row["unit_key"]]) for row in known}
        now = moment("now", api.get("/status")["time"])
        end = said_moment("--to", until, now, place) if until else now
        start = said_moment("--from", since, end, place)
        if start >= end:
            raise OutOfRange("--from", since, f"must be earlier than --to = {iso(end)}")
        return cls(api, tuple(own), start, end, every, own, place, limit, run)


@dataclass(frozen=True)
class Page:
    """Columns of the same length in the order of time. ``next`` is where the next page begins [ns], if there is one."""

    time: np.ndarray  # [ns]
    cells: dict[str, list[Any]]
    zone: tzinfo | None
    next: int | None
    share: float  # of the whole range that is done with this page

    @property
    def columns(self) -> tuple[str, ...]:
        """Names, the time first."""
        return ("time", *self.cells)

    def shown_times(self) -> list[str]:
        """Times as people read them, with their offset."""
        return [shown(at, self.zone) for at in self.time.tolist()]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each sample."""
        cells = zip(self.shown_times(), *self.cells.values(), strict=True)
        return [dict(zip(self.columns, row, strict=True)) for row in cells]


def pages(asked: Asked) -> Iterator[Page]:
    """All pages of the range, one at least."""
    at: int | None = asked.start
    while at is not None:
        reply = asked.api.get(
            "/history", tags=",".join(asked.tags), start=str(at), end=str(asked.end), interval=asked.every,
            limit=asked.limit, units="si", run=asked.run,
        )  # fmt: skip
        at = int(reply["next"]) if reply["next"] else None
        done = 1.0 if at is None else (at - asked.start) / (asked.end - asked.start)
        yield _page(reply["series"], asked, at, done)


def _page(series: Sequence[dict[str, Any]], asked: Asked, at: int | None, done: float) -> Page:
    time = np.concatenate([np.array(one["time_ns"], np.int64) for one in series])
    order = np.argsort(time, kind="stable")
    parts = [_cells(one, asked.units[one["tag"]]) for one in series]
    cells = {}
    for name in parts[0]:
        whole = [cell for part in parts for cell in part[name]]
        cells[name] = [whole[i] for i in order.tolist()]
    return Page(time[order], cells, asked.zone, at, done)


def _cells(one: dict[str, Any], unit: Unit) -> dict[str, list[Any]]:
    """The columns of one tag."""
    n = len(one["time_ns"])
    numbers = {name: _in_unit(one[name], unit) for name in (*RAW, *AVERAGED) if one.get(name) is not None}
    counts = {name: one[name] for name in COUNTED if one.get(name) is not None}
    quality = [quality_name(code) for code in one["quality"]]
    return {"tag": [one["tag"]] * n, **numbers, "unit": [unit.symbol] * n, **counts, "quality": quality}


def _in_unit(values: Sequence[float | None], unit: Unit) -> list[float | None]:
    return [None if value is None else float(f"{unit.from_si(value):.9g}") for value in values]


def shown(at: int, zone: tzinfo | None) -> str:
    """A moment [ns] with its offset, to the millisecond; ``zone`` None is this machine's."""
    seconds, ns = divmod(at, SECOND)
    local = datetime.fromtimestamp(seconds, zone) if zone else datetime.fromtimestamp(seconds).astimezone()
    return local.replace(microsecond=ns // 1_000_000 * 1000).isoformat(timespec="milliseconds")


def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    if name == "local":
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise OutOfRange("--zone", name, "must be UTC, local, or a name of a time zone, as Asia/Shanghai") from None


def said_moment(option: str, text: str, before: int, zone: tzinfo | None) -> int:
    """A moment as a person says it: how long before another one, or ISO 8601 in a zone."""
    if re.fullmatch(r"[1-9][0-9]{0,5}(ms|s|m|h|d)", text):
        return before - (width(text) or 0)
    at = moment(option, text)
    if re.fullmatch(r"[0-9]+", text) or datetime.fromisoformat(text).tzinfo:
        return at
    local = datetime.fromisoformat(text).replace(tzinfo=zone) if zone else datetime.fromisoformat(text).astimezone()
    return moment(option, local.isoformat())
