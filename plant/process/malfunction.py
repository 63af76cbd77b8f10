"""Malfunctions of a running field: each moves parameters of its asset by its present severity.

Where several act on one number, those that scale it come first, then those that add, then those that set, each
kind in the table's order, so that what was started first makes no difference. What is cleared leaves the
number as it was found, to the last bit.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plant.error import OutOfRange, Unknown
from plant.process.malfunction_file import ASSET_TYPES, FIELD, HOW, Malfunction, Move, malfunctions
from plant.process.parameter import Array
from plant.process.severity import Severity

if TYPE_CHECKING:
    from plant.process.field import FieldProcess

THRESHOLD = 0.5  # of severity, beyond which a switch is thrown


class Active(NamedTuple):
    """A malfunction that is under way on an asset."""

    name: str
    asset: str
    severity: float  # now …
    target: float  # … and in the end


class Knob:
    """One parameter over its assets, which malfunctions turn; ``found`` is what it was before they did."""

    def __init__(self, live: Array):
        self.live, self.found = live, live.copy()
        self.is_moved = np.zeros(len(live), bool)
        self.moves: list[tuple[slice, Move]] = []  # and the slots whose severities they take

    def turn(self, severity: Array, now: float) -> None:
        """Put the parameter to where these severities, by slot, mean it to be; leave alone what none has touched."""
        acting = [(severity[slots] * swell(move.period, now), move) for slots, move in self.moves]
        touched = np.any([level > 0.0 for level, _ in acting], axis=0)
        if not (touched | self.is_moved).any():
            return
        self.found[~self.is_moved] = self.live[~self.is_moved]
        value = self.found.copy()
        for level, move in acting:
            on = level > 0.0
            value[on] = moved(value[on], level[on], move)
        changing = touched | self.is_moved
        self.live[changing] = value[changing]
        self.is_moved[:] = touched


def swell(period: float, now: float) -> float:
    """Share of its severity that a cause which comes in slugs has now: half of each period it is gone."""
    return max(math.sin(2.0 * math.pi * now / period), 0.0) if period > 0.0 else 1.0


def moved(value: Array, level: Array, move: Move) -> Array:
    """A parameter's value under a move at a severity above zero."""
    if move.how == "scale":
        return value * move.to**level
    if move.how == "add":
        return value + move.to * level
    if move.how == "set":
        return value + (move.to - value) * level
    return np.where(level > THRESHOLD, move.to, value)


class Malfunctions:
    """All that can befall the assets of a field, and what does.

    A slot is a malfunction on an asset. ``state`` holds for each the severity it started from, the one it goes
    to, and when and how fast, on a clock of its own that begins with the process.
    """

    def __init__(self, process: FieldProcess):
        self._assets = _assets(process)
        self._slots: dict[tuple[str, str], slice] = {}
        self._knobs: dict[str, Knob] = {}
        self._build(process)
        n = max((slots.stop for slots in self._slots.values()), default=0)
        self._severity = Severity(n)
        self.state: dict[str, Array] = self._severity.state | {"now": np.zeros(1)}
        for path, knob in self._knobs.items():
            self.state |= {f"found.{path}": knob.found, f"is_moved.{path}": knob.is_moved}
        self._shown = np.zeros(n)  # the severities that the parameters stand for at present
        self._seen = 0.0  # the time then: another says that the state was put back
        self._is_quiet = True  # nothing has been started since all was sound: most fields, most of the time
        self._pulses = np.zeros(n, bool)  # whether the cause comes in slugs
        for (kind, name), slots in self._slots.items():
            self._pulses[slots] = any(move.period > 0.0 for move in malfunctions()[kind, name].moves)

    def step(self, dt: float) -> None:
        """Let ``dt`` pass [s] and move the parameters along."""
        is_continued = self._seen == self.state["now"][0]
        self.state["now"] += dt
        self._seen = float(self.state["now"][0])
        if is_continued and self._is_quiet:
            return
        self._severity.end(self._seen)
        severity = self.severity()
        pulses = self._pulses & (severity > 0.0)
        if is_continued and np.array_equal(severity, self._shown) and not pulses.any():
            return
        self._shown = severity
        self._is_quiet = self._severity.is_idle
        for knob in self._knobs.values():
            knob.turn(severity, self._seen)

    def start(
        self, name: str, asset: str = FIELD, severity: float = 1.0, after: float = 0.0, ramp: float | None = None,
        lasts: float = math.inf,
    ) -> None:  # fmt: skip
        """Let a malfunction come to ``severity`` in ``ramp`` seconds, ``after`` seconds from now.

        Its ramp is its usual one by default. It starts from the severity it has, and is gone ``lasts`` seconds
        after it began. Raises :class:`Unknown` where the asset cannot have it.
        """
        if not 0.0 <= severity <= 1.0:
            raise OutOfRange("severity", severity, "must be between 0 and 1")
        row = self.row(name, asset)
        self._go(row, asset, severity, after, row.ramp if ramp is None else ramp, lasts)

    def clear(self, name: str, asset: str = FIELD, ramp: float = 0.0, after: float = 0.0) -> None:
        """Let a malfunction go, in ``ramp`` seconds, ``after`` seconds from now."""
        self._go(self.row(name, asset), asset, 0.0, after, ramp)

    def clear_all(self) -> None:
        """Let everything go at once."""
        self._severity.clear()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way or will be."""
        return self._severity.is_idle

    def row(self, name: str, asset: str = FIELD) -> Malfunction:
        """The malfunction of this name of an asset. Raises :class:`Unknown` for what cannot be."""
        kind = asset.partition(".")[0]
        if asset not in self._assets.get(kind, ()):
            raise Unknown("asset", asset)
        if (kind, name) not in self._slots:
            raise Unknown(f"malfunction of {kind}", name)
        return malfunctions()[kind, name]

    def available(self) -> list[tuple[Malfunction, tuple[str, ...]]]:
        """Every malfunction that this field can have, and the assets that can have it."""
        return [(malfunctions()[key], self._assets[key[0]]) for key in self._slots]

    def active(self) -> list[Active]:
        """What is under way: all that have a severity, or are on their way to one."""
        severity, target = self.severity(), self.state["target"]
        is_meant = self._severity.is_meant(float(self.state["now"][0]))
        found = []
        for (kind, name), slots in self._slots.items():
            for i in np.flatnonzero(is_meant[slots]).tolist():
                slot = slots.start + i
                found.append(Active(name, self._assets[kind][i], float(severity[slot]), float(target[slot])))
        return found

    def severity(self) -> Array:
        """Of every slot now."""
        return self._severity.at(float(self.state["now"][0]))

    def _go(
        self, row: Malfunction, asset: str, severity: float, after: float, ramp: float, lasts: float = math.inf
    ) -> None:  # fmt: skip
        slots = self._slots[row.asset_type, row.name]
        slot = slots.start + self._assets[row.asset_type].index(asset)
        self._severity.go(slot, float(self.state["now"][0]), severity, after, ramp, lasts)
        self._is_quiet = False

    def _build(self, process: FieldProcess) -> None:
        knobs: dict[str, Knob] = {}
        taken = 0
        for key, row in malfunctions().items():
            assets = self._assets.get(row.asset_type, ())
            if not assets or not _has(process, row):
                continue
            self._slots[key] = slots = slice(taken, taken + len(assets))
            taken = slots.stop
            for move in row.moves:
                path = f"{row.asset_type}.{move.parameter}"
                if path not in knobs:
                    knobs[path] = Knob(process.parameters[row.asset_type][move.parameter])
                knobs[path].moves.append((slots, move))
        self._knobs = knobs
        for knob in knobs.values():
            knob.moves.sort(key=lambda each: HOW.index(each[1].how))


def _has(process: FieldProcess, row: Malfunction) -> bool:
    """Whether the field has every part that a malfunction moves."""
    has = process.parameters.get(row.asset_type, {})
    return all(move.parameter in has for move in row.moves)


def _assets(process: FieldProcess) -> dict[str, tuple[str, ...]]:
    """The assets of each type, in the order of their arrays."""
    found: dict[str, list[str]] = {FIELD: [FIELD]}
    for asset in process.field.assets():
        found.setdefault(asset.partition(".")[0], []).append(asset)
    return {kind: tuple(assets) for kind, assets in found.items() if kind in ASSET_TYPES}
