"""Extents: which stretches of addresses a device has, found with few questions.

A device refuses a read that touches an address which it does not have, or that is longer than it can. So from an
address that is there the longest read is found by halving; past one that is absent each is looked at where refusals
come at once, and every tenth where each costs a timeout, for maps begin at round addresses.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

STEP = 10
SOON = 0.05  # s within which a refusal costs little


@dataclass(frozen=True)
class Extent:
    """Addresses that are there, and the longest read that was answered among them."""

    first: int
    last: int
    longest: int


Read = Callable[[int, int], Awaitable[bool]]  # whether so many from an address are answered


async def extents(read: Read, first: int, last: int, most: int) -> AsyncIterator[Extent]:
    """The stretches between ``first`` and ``last`` that ``read`` answers for, ``most`` at once at the utmost."""
    at = first
    while at <= last:
        began = time.monotonic()
        if await read(at, 1):
            count = await _longest(read, at, min(most, last - at + 1))
            yield Extent(at, at + count - 1, count)
            at += count
        elif time.monotonic() - began < SOON:
            at += 1
        else:
            round_one = at + STEP - at % STEP
            at = await _back(read, round_one, round_one - at) if round_one <= last else round_one


async def _longest(read: Read, at: int, most: int) -> int:
    """How many from ``at``, which is there, are answered in one read: all, or found by halving."""
    if most == 1 or await read(at, most):
        return most
    good, bad = 1, most
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if await read(at, middle) else (good, middle)
    return good


async def _back(read: Read, at: int, step: int) -> int:
    """The first address before ``at`` that is there too, where ``at`` is: a map need not begin at a round one."""
    if not await read(at, 1):
        return at
    good, bad = 0, step
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if await read(at - middle, middle + 1) else (good, middle)
    return at - good
