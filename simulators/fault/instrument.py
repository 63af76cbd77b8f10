"""What faults make of an instrument's reading: before it rounds, at the ends of its range, and in place of it.

Devices and masters see nothing of it but the values; only a dead one, or a reading that is missing, is known to
be bad.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from simulators.fault.bank import FaultBank
from simulators.fault.row import INSTRUMENT
from simulators.fault.table import faults

Array = np.ndarray
STREAMS = ("noise", "spike", "dropout")  # faults that draw by lot
Draw = Callable[[str], Array]  # of a stream: a number per instrument for this moment; noise's normal, others' uniform


@dataclass(frozen=True)
class Moment:
    """Of all instruments that are looked at now: how far one fault has come, since when, with what settings."""

    level: Array
    since: Array
    settings: Mapping[str, Array]
    origin: Array  # zero of each instrument's range
    draw: Draw


def _scale(raw: Array, m: Moment) -> Array:
    return raw + (raw - m.origin) * (m.settings["factor"] - 1.0) * m.level


def _bias(raw: Array, m: Moment) -> Array:
    return raw + m.settings["size"] * m.level


def _drift(raw: Array, m: Moment) -> Array:
    return raw + m.settings["size"] / m.settings["over"] * np.maximum(m.since, 0.0)


def _noise(raw: Array, m: Moment) -> Array:
    return raw + m.settings["size"] * m.level * m.draw("noise")


def _spike(raw: Array, m: Moment) -> Array:
    return raw + m.settings["size"] * (m.draw("spike") < m.settings["share"] * m.level)


def _coarse(raw: Array, m: Moment) -> Array:
    return np.round((raw - m.origin) / m.settings["step"]) * m.settings["step"] + m.origin


def _saturated(raw: Array, m: Moment) -> Array:
    return np.fmin(np.fmax(raw, m.settings["low"]), m.settings["high"])


# In this order: what the sensor makes of it, then its electronics.
DISTORTING: dict[str, Callable[[Array, Moment], Array]] = {
    "wrong scale": _scale, "bias": _bias, "drift": _drift, "noise": _noise, "spike": _spike, "quantisation": _coarse,
    "saturation": _saturated,
}  # fmt: skip


class InstrumentFaults(FaultBank):
    """The faults of a table of instruments, signals by assets."""

    def __init__(self, shape: tuple[int, int], clock: Callable[[], float]):
        super().__init__((f for (of, _), f in faults().items() if of == INSTRUMENT), shape[0] * shape[1], clock)
        self._shape = shape

    def distort(self, raw: Array, origin: Array, draw: Draw) -> Array:
        """What comes to an instrument's output, before it rounds and saturates."""
        levels = self.levels()
        for name, act in DISTORTING.items():
            if name in levels:
                level = self._table(levels[name])
                settings = {key: self._table(values) for key, values in self.settings[name].items()}
                moment = Moment(level, self._table(self.since(name)), settings, origin, draw)
                raw = np.where(level > 0.0, act(raw, moment), raw)
        return raw

    def replayed(self, now: float) -> Array | None:
        """The moment that each instrument repeats [s], NaN where it shows what is; None where all do."""
        level = self.levels().get("replayed")
        if level is None:
            return None
        since, over = np.maximum(self.since("replayed"), 0.0), self.settings["replayed"]["over"]
        return self._table(np.where(level > 0.0, now - since + np.mod(since, over), np.nan))

    def replace(self, shown: Array, previous: Array, draw: Draw) -> Array:
        """What is shown in its place: what a frozen one showed before, nothing for a dead one."""
        levels = {name: self._table(level) for name, level in self.levels().items()}
        if "frozen" in levels:
            shown = np.where(levels["frozen"] > 0.0, previous, shown)
        if "dropout" in levels:
            share = self._table(self.settings["dropout"]["share"]) * levels["dropout"]
            shown = np.where((levels["dropout"] > 0.0) & (draw("dropout") < share), np.nan, shown)
        if "dead" in levels:
            shown = np.where(levels["dead"] > 0.0, np.nan, shown)
        return shown

    def _table(self, values: Array) -> Array:
        return values.reshape(self._shape)
