"""Decoders: how a whole block becomes SI values at once.

Byte order is folded into the byte positions that are gathered, so that one NumPy view per data type decodes all of a
block's values, whatever their orders. Scale and unit are one multiplication and one addition for all of them; only
what means more than that (bits, states, a maker's "no value") is looked at one by one.
"""

from __future__ import annotations

import numpy as np

from control.acquisition.modbus.block import Block
from control.bus import quality
from plant.asset.profile.meaning import Absent
from plant.asset.profile.point import Point
from plant.asset.register import TEXT, TYPES, Register, decimal, text_of

CODES = {
    Absent.NO_VALUE: quality.BAD_SENSOR_FAILURE,
    Absent.NO_STATE: quality.BAD_CONFIGURATION,
    Absent.NO_NUMBER: quality.BAD_CONFIGURATION,
}


class Decoder:
    """Turns the bytes that answer one block into SI values of its places, or raw numbers of what has no point."""

    def __init__(self, block: Block):
        self.index = np.array([p.index for p in block.places])
        self.texts: dict[int, str] = {}  # of the last block, by index
        self._is_bits = block.places[0].register.is_bit
        self._texts = [(slot, p) for slot, p in enumerate(block.places) if p.register.type == TEXT]
        self._start = block.start
        kinds = dict.fromkeys(p.register.type for p in block.places if p.register.type != TEXT)
        self._groups = [_Group(kind, block) for kind in kinds]

    def __call__(self, data: bytes) -> tuple[np.ndarray, np.ndarray]:
        """Values in the order of ``index``, and the quality of each."""
        wire = np.frombuffer(data, dtype=np.uint8)
        if self._is_bits:
            wire = np.unpackbits(wire, bitorder="little")
        if len(self._groups) == 1 and not self._texts:
            return self._groups[0].decode(wire)
        values, code = np.full(len(self.index), np.nan), np.zeros(len(self.index), np.uint32)
        for group in self._groups:
            values[group.slots], code[group.slots] = group.decode(wire)
        for slot, place in self._texts:
            text = text_of(wire[_positions(place.register, self._start)])
            self.texts[place.index] = text
            values[slot], code[slot] = _meant(place.point, text)
        return values, code


class _Group:
    """All values of one data type in a block."""

    def __init__(self, kind: str, block: Block):
        mine = [(slot, place) for slot, place in enumerate(block.places) if place.register.type == kind]
        self.slots = np.array([slot for slot, _ in mine])
        places = [place for _, place in mine]
        self._dtype, self._is_bcd = TYPES[kind], places[0].register.is_bcd
        self._bytes = np.array([_positions(place.register, block.start) for place in places])
        self._scale, self._offset = np.array([_affine(place.point) for place in places]).T
        self._odd = [(at, p.point) for at, p in enumerate(places) if p.point and not p.point.meaning.is_plain]
        self._good, self._ends = np.full(len(places), quality.GOOD, np.uint32), ENDS.get(self._dtype.kind)
        self._has_ends = np.array([p.point is not None and p.point.meaning.is_plain for p in places])

    def decode(self, wire: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        raw = wire[self._bytes].view(self._dtype)[:, 0]
        with np.errstate(over="ignore", invalid="ignore"):  # what is no number, or none once scaled, is dead
            values = (decimal(raw) if self._is_bcd else raw.astype(np.float64)) * self._scale + self._offset
        is_dead = (
            ~np.isfinite(values) if self._ends is None else (self._has_ends & self._ends(raw)) | ~np.isfinite(values)
        )
        code = self._good.copy()
        if is_dead.any():
            values[is_dead], code[is_dead] = np.nan, quality.BAD_SENSOR_FAILURE
        for at, point in self._odd:
            values[at], code[at] = _meant(
                point, float(decimal(raw[at : at + 1])[0]) if self._is_bcd else raw[at].item()
            )
        return values, code


def _meant(point: Point | None, raw: float | int | str) -> tuple[float, int]:
    """SI value and quality of a raw value, by the definition."""
    if point is None:
        return float(raw), quality.GOOD
    if isinstance(raw, str) and point.meaning.is_plain:
        return np.nan, quality.GOOD  # a text is its own value
    value = point.si(raw)
    return (np.nan, CODES[value]) if isinstance(value, Absent) else (float(value), quality.GOOD)


def _affine(point: Point | None) -> tuple[float, float]:
    if point is None:
        return 1.0, 0.0
    return point.meaning.scale * point.unit.scale, float(point.unit.to_si(point.meaning.offset))


def _positions(register: Register, start: int) -> list[int]:
    first = register.address - start
    return [(first if register.is_bit else 2 * first) + position for position in register.positions]


def _is_end(raw: np.ndarray) -> np.ndarray:
    """An open or shorted input shows its type's end."""
    ends = np.iinfo(raw.dtype)
    return (raw == ends.max) | (raw == ends.min)


def _is_highest(raw: np.ndarray) -> np.ndarray:
    return raw == np.iinfo(raw.dtype).max


ENDS = {"i": _is_end, "u": _is_highest}  # by the kind of type
