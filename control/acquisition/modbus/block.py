"""Blocks: which registers are read together.

A round trip costs more than a hundred registers do, so points of one area that lie near each other are
read in one request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plant.asset.profile.point import Point
from plant.asset.protocol.modbus import ModbusSettings
from plant.asset.register import AREAS, Register


@dataclass(frozen=True)
class Place:
    """A register, and its position among what the driver reads: its tags' points, and then what it needs beside."""

    index: int
    register: Register
    point: Point | None = None  # None: what is wanted is the raw number


@dataclass(frozen=True)
class Block:
    """One request: ``count`` registers (or bits) of ``area`` from ``start``, and the places that lie there."""

    area: str
    start: int
    count: int
    places: tuple[Place, ...]

    @property
    def size(self) -> int:
        """Bytes of data that answer it."""
        return -(-self.count // 8) if self.area in ("coil", "discrete") else 2 * self.count

    def halves(self) -> list[Block]:
        """The same places in two requests, to get around an address that the device does not have."""
        cut = len(self.places) // 2
        return [block_of(self.places[:cut]), block_of(self.places[cut:])]


def places_of(points: Sequence[Point]) -> list[Place]:
    """Where the points of a Modbus profile lie, those that can be read."""
    return [
        Place(i, p.address, p) for i, p in enumerate(points) if isinstance(p.address, Register) and not p.is_write_only
    ]


def blocks_of(places: Sequence[Place], settings: ModbusSettings) -> list[Block]:
    """Group places into as few requests as gaps and limits allow."""
    limits = dict.fromkeys(AREAS, settings.max_bits) | dict.fromkeys(("input", "holding"), settings.max_registers)
    ordered = sorted(places, key=lambda place: (AREAS.index(place.register.area), place.register.address))
    return [block_of(group) for group in _groups(ordered, settings.gap, limits)]


def block_of(places: Sequence[Place]) -> Block:
    """One request for places of one area."""
    start = min(p.register.address for p in places)
    end = max(p.register.address + p.register.width for p in places)
    return Block(places[0].register.area, start, end - start, tuple(places))


def _groups(places: Sequence[Place], gap: int, limits: dict[str, int]) -> Iterator[list[Place]]:
    group: list[Place] = []
    end = 0
    for place in places:
        register = place.register
        if group and not _fits(group[0].register, end, register, gap, limits[register.area]):
            yield group
            group = []
        end = max(end, register.address + register.width) if group else register.address + register.width
        group.append(place)
    if group:
        yield group


def _fits(first: Register, end: int, register: Register, gap: int, most: int) -> bool:
    is_near = register.address - end <= gap
    is_short = max(end, register.address + register.width) - first.address <= most
    return register.area == first.area and is_near and is_short
