"""Lets a SimPy environment run beside asyncio servers, at any speed and without blocking them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

import simpy

TURN = 0.02  # longest time the environment keeps asyncio from its other tasks [s]
LOOK = 0.05  # how often a frozen or waiting environment looks whether its speed has changed [s]


async def pace(env: simpy.Environment, until: float = math.inf, *, speed: Callable[[], float]) -> None:
    """Run ``env`` until plant time ``until``, at ``speed()`` seconds of plant time per second.

    Speed 0 freezes it, ``math.inf`` runs it as fast as it can; both may change at any time. Plant time
    lost to a slow machine is not caught up with.
    """
    clock = asyncio.get_running_loop().time
    behind, now = 0.0, clock()  # plant time that is due
    while env.peek() < until:
        rate = speed()
        before, now = now, clock()
        due = math.inf if math.isinf(rate) else behind + max(rate, 0.0) * (now - before)
        behind = _run(env, due, until, now + TURN, clock)
        await asyncio.sleep(_pause(env, behind, rate))


def _run(env: simpy.Environment, due: float, until: float, deadline: float, clock: Callable[[], float]) -> float:
    """Step while events are due; return what of ``due`` is left, none if the turn was used up."""
    start = env.now
    while (event := env.peek()) < until and event - start <= due:
        env.step()
        if clock() >= deadline:
            return 0.0
    return 0.0 if math.isinf(due) else due - (env.now - start)


def _pause(env: simpy.Environment, behind: float, rate: float) -> float:
    if math.isinf(rate):
        return 0.0
    if rate <= 0.0:
        return LOOK
    return min(max((env.peek() - env.now - behind) / rate, 0.0), LOOK)
