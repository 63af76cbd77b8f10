"""Blocks: which registers are read together, and how a whole block becomes SI values at once.

A round trip costs more than a hundred registers do, so points of one area that lie near each other are
read in one request. Word order is folded into the byte positions that are gathered, so that one
NumPy view per data type decodes all of a block's values, whatever their orders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from plant.asset.profile import Point
from plant.asset.register import AREAS, TYPES, Register

LIMITS = {"coil": 2000, "discrete": 2000, "input": 125, "holding": 125}  # Modbus application protocol V1.1b3, 6.1–6.4
GAP = 16  # unused registers (or bits) that are read along rather than asked around


@dataclass(frozen=True)
class Place:
    """A point's register, and its position among the driver's tags."""

    index: int
    register: Register
    point: Point


@dataclass(frozen=True)
class Block:
    """One request: ``count`` registers (or bits) of ``area`` from ``start``, and the points that lie there."""

    area: str
    start: int
    count: int
    places: tuple[Place, ...]

    def halves(self) -> list[Block]:
        """The same points in two requests, to get around an address that the device does not have."""
        cut = len(self.places) // 2
        return [_block(self.places[:cut]), _block(self.places[cut:])]


def blocks_of(points: Sequence[Point], gap: int = GAP) -> list[Block]:
    """Group the points of a Modbus profile into as few requests as the gaps and Modbus' limits allow."""
    places = [Place(i, p.address, p) for i, p in enumerate(points) if isinstance(p.address, Register)]
    places.sort(key=lambda place: (AREAS.index(place.register.area), place.register.address))
    return [_block(group) for group in _groups(places, gap)]


def _groups(places: Sequence[Place], gap: int) -> Iterator[list[Place]]:
    group: list[Place] = []
    end = 0
    for place in places:
        register = place.register
        if group and not _fits(group[0].register, end, register, gap):
            yield group
            group = []
        end = max(end, register.address + register.width) if group else register.address + register.width
        group.append(place)
    if group:
        yield group


def _fits(first: Register, end: int, register: Register, gap: int) -> bool:
    is_near = register.address - end <= gap
    is_short = register.address + register.width - first.address <= LIMITS[first.area]
    return register.area == first.area and is_near and is_short


def _block(places: Sequence[Place]) -> Block:
    start = places[0].register.address
    end = max(p.register.address + p.register.width for p in places)
    return Block(places[0].register.area, start, end - start, tuple(places))


class Decoder:
    """Turns the bytes that answer one block into SI values of its points."""

    def __init__(self, block: Block):
        self.index = np.array([p.index for p in block.places])
        self.is_bits = block.places[0].register.is_bit
        kinds = dict.fromkeys(p.register.type for p in block.places)
        self._groups = [_Group(kind, block) for kind in kinds]

    def __call__(self, data: bytes) -> tuple[np.ndarray, np.ndarray]:
        """SI values in the order of ``index``, and which of them a dead input shows."""
        wire = np.frombuffer(data, dtype=np.uint8)
        if self.is_bits:
            wire = np.unpackbits(wire, bitorder="little")
        values = np.empty(len(self.index))
        is_dead = np.zeros(len(self.index), dtype=bool)
        for group in self._groups:
            values[group.slots], is_dead[group.slots] = group.decode(wire)
        values[is_dead] = np.nan
        return values, is_dead


class _Group:
    """All values of one data type in a block."""

    def __init__(self, kind: str, block: Block):
        mine = [(slot, place) for slot, place in enumerate(block.places) if place.register.type == kind]
        self.slots = np.array([slot for slot, _ in mine])
        self._dtype = TYPES[kind]
        self._bytes = np.array([_byte_positions(place.register, block.start) for _, place in mine])
        units = [place.point.unit for _, place in mine]
        self._scale = np.array([p.register.scale * u.scale for (_, p), u in zip(mine, units, strict=True)])
        self._offset = np.array([u.to_si(p.register.offset) for (_, p), u in zip(mine, units, strict=True)])

    def decode(self, wire: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        raw = wire[self._bytes].view(self._dtype)[:, 0]
        with np.errstate(over="ignore", invalid="ignore"):  # what is no number, or none once scaled, is dead
            values = raw.astype(np.float64) * self._scale + self._offset
        return values, _is_dead(raw) | ~np.isfinite(values)


def _byte_positions(register: Register, start: int) -> list[int]:
    first = register.address - start
    if register.is_bit:
        return [first]
    words = [(2 * (first + word), 2 * (first + word) + 1) for word in range(register.width)]
    if register.order in ("CDAB", "DCBA"):
        words.reverse()
    if register.order in ("BADC", "DCBA"):
        words = [(low, high) for high, low in words]
    return [position for word in words for position in word]


def _is_dead(raw: np.ndarray) -> np.ndarray:
    if raw.dtype.kind == "f":
        return ~np.isfinite(raw)
    if raw.dtype.kind == "b":
        return np.zeros(len(raw), dtype=bool)
    ends = np.iinfo(raw.dtype)  # an open or shorted input shows its type's end
    return (raw == ends.max) | (raw == ends.min) if raw.dtype.kind == "i" else raw == ends.max
