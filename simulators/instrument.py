"""Instruments: between what is true and what a device shows of it.

Each has noise, a fixed calibration error, a resolution, a range at whose ends it saturates, and a lag,
all from ``instruments.toml``. All instruments of one asset type are read in one go, as a table of
signals by assets, and only when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from plant.asset.signal import Signal, signals
from plant.asset.table import Table
from plant.error import Unknown
from simulators.fault.instrument import STREAMS, Draw, InstrumentFaults

COLUMNS = ("sigma", "error", "resolution", "low", "high", "lag", "origin")
TABLE = Path(__file__).with_name("instruments.toml")


@cache
def instruments(path: Path = TABLE) -> dict[tuple[str, str], tuple[float, ...]]:
    """The instrument table: :data:`COLUMNS` in SI, by asset type and signal.

    Raises :class:`plant.error.ConfigError` with every mistake, a measurement without an
    instrument among them.
    """
    file = Table.load(path)
    rows: dict[tuple[str, str], tuple[float, ...]] = {}
    for asset_type, of_type in file.named_tables():
        for name, row in of_type.named_tables():
            signal = signals().get((asset_type, name))
            if signal is None or signal.kind != "measurement":
                row.mistake("", None, "is no measurement of the signal table")
            else:
                rows[asset_type, name] = _instrument(row, signal)
    for key in (k for k, s in signals().items() if s.kind == "measurement" and k not in rows):
        file.mistake(".".join(key), None, "is a measurement without an instrument")
    file.finish()
    return rows


def _instrument(row: Table, signal: Signal) -> tuple[float, ...]:
    quantity = signal.unit.quantity
    sigma, error = (row.number(name, quantity, low=0.0) for name in ("sigma", "error"))
    resolution = row.number("resolution", quantity, low=1e-12)
    ends = row.numbers("range", quantity)
    lag = row.number("lag", "time", low=0.0)
    if len(ends) != 2 or not ends[0] < ends[1]:
        row.mistake("range", list(ends), "must be two rising numbers")
        ends = (0.0, 1.0)
    row.no_others()
    return sigma, error, resolution, *ends, lag, signal.unit.offset


class Block:
    """All instruments of one asset type: rows are signals, columns are assets."""

    def __init__(
        self, asset_type: str, truth: Mapping[str, np.ndarray], clock: Callable[[], float], seed: int, number: int
    ):  # fmt: skip
        rows = {name: row for (kind, name), row in instruments().items() if kind == asset_type}
        self.names = list(rows)
        self._truth = [truth[f"{asset_type}.{name}"] for name in rows]
        self._key = np.array([seed, number], np.uint64)
        columns = np.array(list(rows.values())).T[:, :, None]
        self._sigma, error, self._step, self._low, self._high, self._lag, self._origin = columns
        shape = (len(rows), len(self._truth[0]))
        # Their fixed errors come from a stream of their own: tick -1 never comes in plant time.
        self._error = error * self._noise(-1, shape)
        self._followed = np.array(self._truth)
        self._held = self._followed.copy()  # what was followed when somebody began to repeat it
        self.shown = np.zeros(shape)
        self.faults = InstrumentFaults(shape, clock)
        self._time = -np.inf

    def sample(self, now: float) -> np.ndarray:
        """What they show at plant time ``now`` [s]."""
        if now == self._time:
            return self.shown
        self._follow(now - self._time)
        self._time = now
        raw = self._replay(now, self._noisy(self._followed, now)) + self._error
        raw = self.faults.distort(raw, self._origin, self._draw(now))
        steps = np.round((raw - self._origin) / self._step)
        shown = np.clip(steps * self._step + self._origin, self._low, self._high)
        self.shown = self.faults.replace(shown, self.shown, self._draw(now))
        return self.shown

    def save(self) -> dict[str, np.ndarray]:
        """What they follow and show, and when that was. Noise and lots follow from time; faults keep theirs."""
        moving = {"followed": self._followed, "held": self._held, "shown": self.shown}
        return {name: array.copy() for name, array in moving.items()} | {"time": np.array([self._time])}

    def restore(self, saved: Mapping[str, np.ndarray]) -> None:
        """Be as instruments were that were saved."""
        # Older ones do not have what was held, which is what was followed wherever nobody repeated it.
        self._followed[:], self._held = saved["followed"], saved.get("held", saved["followed"]).copy()
        self.shown, self._time = saved["shown"].copy(), float(saved["time"][0])

    def _follow(self, dt: float) -> None:
        with np.errstate(divide="ignore", over="ignore"):
            share = np.where(self._lag > 0, -np.expm1(-dt / self._lag), 1.0)
        self._followed += share * (np.array(self._truth) - self._followed)

    def _noisy(self, value: np.ndarray, moment: float) -> np.ndarray:
        return value + self._sigma * self._noise(round(moment * 1000), self.shown.shape)

    def _replay(self, now: float, raw: np.ndarray) -> np.ndarray:
        moments = self.faults.replayed(now)
        if moments is None:
            self._held = self._followed.copy()
            return raw
        is_replayed = ~np.isnan(moments)
        self._held = np.where(is_replayed, self._held, self._followed)
        for moment in np.unique(moments[is_replayed]):
            raw = np.where(moments == moment, self._noisy(self._held, float(moment)), raw)
        return raw

    def _noise(self, tick: int, shape: tuple[int, int]) -> np.ndarray:
        return self._generator(tick, 0).standard_normal(shape)

    def _draw(self, now: float) -> Draw:
        """What faults draw: streams of their own, so that noise is the same with and without them."""
        tick, shape = round(now * 1000), self.shown.shape

        def draw(fault: str) -> np.ndarray:
            stream = self._generator(tick, 1 + STREAMS.index(fault))
            return stream.standard_normal(shape) if fault == "noise" else stream.random(shape)

        return draw

    def _generator(self, tick: int, stream: int) -> np.random.Generator:
        # Counter-based, so that what an instrument shows at a time does not depend on who looked before.
        counter = np.array([0, tick & 0xFFFF_FFFF_FFFF_FFFF, stream, 0], np.uint64)
        return np.random.Generator(np.random.Philox(key=self._key, counter=counter))


class InstrumentBank:
    """Every instrument of a field."""

    def __init__(
        self,
        truth: Mapping[str, np.ndarray],
        index: Callable[[str], int],
        clock: Callable[[], float],
        seed: int = 0,
    ):
        kinds = dict.fromkeys(kind for kind, _ in instruments())
        present = {key.partition(".")[0] for key in truth}  # a field need not have every type of asset
        self._blocks = {kind: Block(kind, truth, clock, seed, k) for k, kind in enumerate(kinds) if kind in present}
        self._index, self._clock = index, clock

    def read(self, asset: str) -> dict[str, float]:
        """What each instrument of ``asset`` shows, SI, by signal; NaN where it is dead."""
        block = self._block(asset)
        return dict(zip(block.names, block.sample(self._clock())[:, self._index(asset)].tolist(), strict=True))

    def start(self, fault: str, tag: str, settings: Mapping[str, Any]) -> None:
        """Let a fault come over one instrument; see :mod:`simulators.fault.instrument`."""
        block, position = self._place(tag)
        block.sample(self._clock())  # a frozen instrument keeps showing what it last showed
        block.faults.start(fault, position, settings)

    def heal(self, fault: str, tag: str, settings: Mapping[str, Any]) -> None:
        """Let it go."""
        block, position = self._place(tag)
        block.faults.heal(fault, position, settings)

    def faults(self) -> Iterator[tuple[str, int, InstrumentFaults]]:
        """By type of asset: how many there are, and the faults of their instruments, signals by assets."""
        for kind, block in self._blocks.items():
            yield kind, block.shown.shape[1], block.faults

    def signal(self, kind: str, row: int) -> str:
        """The signal that a row of a type's instruments shows."""
        return self._blocks[kind].names[row]

    def save(self) -> dict[str, np.ndarray]:
        """Everything that moves in them."""
        return {f"{kind}.{name}": array for kind, block in self._blocks.items() for name, array in block.save().items()}

    def restore(self, saved: Mapping[str, np.ndarray]) -> None:
        """Be as instruments were that were saved."""
        for kind, block in self._blocks.items():
            block.restore({n: saved[f"{kind}.{n}"] for n in block.save() if n != "held" or f"{kind}.{n}" in saved})

    def _block(self, asset: str) -> Block:
        try:
            return self._blocks[asset.partition(".")[0]]
        except KeyError:
            raise Unknown("asset", asset) from None

    def _place(self, tag: str) -> tuple[Block, int]:
        asset, _, name = tag.rpartition(".")
        block = self._block(asset)
        if name not in block.names:
            raise Unknown("instrument", tag)
        return block, block.names.index(name) * block.shown.shape[1] + self._index(asset)
