"""The gatherer: what devices said within a twentieth of a second, joined into batches of thousands.

A message costs the same for twenty samples as for some thousands. Devices are put into groups, each with a subject of
its own, so that what a tag says stays in order; and while the bus still has a group's message before it, what comes
meanwhile is gathered on rather than queued in small pieces. Alarms have seen a batch before it comes here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import numpy as np

from control.bus.batch import NUMBERS, Batch
from control.bus.latest import Latest
from control.bus.outbox import Outbox
from control.bus.subject import Subjects, token
from control.bus.tagset import TagSet
from plant.asset.bench import Device

GATHER = 0.05  # s
MOST = 10_000  # samples in a message
TAGS = 4_000  # of a group


def groups(devices: Iterable[Device]) -> dict[str, str]:
    """The group of each device, by name: as many in one as have :data:`TAGS` tags together."""
    found: dict[str, str] = {}
    number, tags = 1, 0
    for device in devices:
        own = len(device.tags())
        if tags and tags + own > TAGS:
            number, tags = number + 1, 0
        tags += own
        found[device.name] = f"group-{number}"
    return found


class Gatherer:
    """Takes batches of devices, and has them said and kept as the latest. Nothing here waits.

    A device without a group is said under its own name.
    """

    def __init__(self, subjects: Subjects, outbox: Outbox, latest: Latest, groups: Mapping[str, str] | None = None):
        self._subjects, self._outbox, self._latest = subjects, outbox, latest
        self._group_of, self._groups = groups or {}, dict[str, _Group]()

    def put(self, device: str, batch: Batch, within: float = GATHER) -> None:
        """Take what ``device`` said; it goes out with what its group says ``within`` [s], less where time runs fast."""
        name = self._group_of.get(device, device)
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = _Group(self._subjects.telemetry(name))
        if group.size and (group.parts[0].run != batch.run or group.size + len(batch) > MOST):
            self._say(name, group)
        group.parts.append(batch)
        group.size += len(batch)
        if not group.is_timed:
            group.is_timed = True
            asyncio.get_running_loop().call_later(within, self._due, name, group, within)

    def flush(self) -> None:
        """Say all that was gathered."""
        for name, group in self._groups.items():
            self._say(name, group)

    def _due(self, name: str, group: _Group, within: float) -> None:
        self._keep(name, group)  # what holds now is shown also while the stream takes nothing
        if group.parts and self._outbox.waiting(group.subject):
            asyncio.get_running_loop().call_later(within, self._due, name, group, within)
            return
        group.is_timed = False
        self._say(name, group)

    def _keep(self, name: str, group: _Group) -> None:
        if group.join():
            self._latest.put(token(name), group.latest)

    def _say(self, name: str, group: _Group) -> None:
        self._keep(name, group)
        if group.parts:
            batch = group.tagset.joined(group.parts)
            group.parts, group.size, group.shown = [], 0, 0
            self._outbox.put(group.subject, group.tagset.encode(batch))


class _Group:
    """What is gathered of some devices, and the last sample of each of their tags."""

    def __init__(self, subject: str):
        self.subject, self.tagset = subject, TagSet()
        self.parts: list[Batch] = []
        self.size, self.shown, self.is_timed = 0, 0, False  # samples; parts that are in the latest already
        self._last: Batch | None = None

    def join(self) -> bool:
        """Take the parts that are new into the latest; whether there were any."""
        new = self.parts[self.shown :]
        if not new:
            return False
        self.shown = len(self.parts)
        self._last = self._merged(self.tagset.joined(new))
        return True

    def latest(self) -> bytes:
        """The last sample of each tag, as a message."""
        assert self._last is not None, "joined first"
        return self.tagset.encode(self._last)

    def _merged(self, batch: Batch) -> Batch:
        """The last samples known, with those of ``batch`` in their places; the later of two of a tag counts."""
        old = self._last
        if old is not None and old.run == batch.run:
            batch = self.tagset.joined([old, batch])
        # Of each tag its last row: NumPy keeps, of several values written to one place, the last.
        row = np.full(len(batch.tags), -1, dtype=np.int64)
        row[batch.tag] = np.arange(len(batch))
        row = row[row >= 0]
        time, value, quality = (getattr(batch, name)[row] for name in NUMBERS)
        text = None if batch.text is None else tuple(batch.text[i] for i in row)
        return Batch(
            batch.tags, batch.tag[row], time, value, quality, batch.sources, batch.source[row], batch.run, text
        )
