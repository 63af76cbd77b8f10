"""One session of a closed loop, from a settled plant to its end."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from control.bus.cancel import end
from hil.loop.closed_loop import ClosedLoop
from hil.loop.loop_file import LoopFile
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from simulators.field import SimulatedField

WARM = 2.0  # s of plant time
Look = Callable[[ClosedLoop], None]


def held(file: LoopFile, seconds: float, seed: int = 0, look: Look = lambda _: None) -> ClosedLoop:
    """The loop, once it has run so long beside the plant at the speed of the wall; ``look`` is called every scan.

    Raises :class:`DeviceError` where there is no controller to begin with, :class:`Unknown` for a tag of no device.
    """
    return asyncio.run(_held(file, seconds, seed, look))


async def _held(file: LoopFile, seconds: float, seed: int, look: Look) -> ClosedLoop:
    bench = load_bench(file.bench)
    plant = SimulatedField(load_field(bench.field), bench, seed=seed, speed=math.inf)
    await plant.run(plant.env.now + WARM)  # its equations are loaded at its first steps, which would hold up a scan
    plant.set_speed(file.speed)
    loop = ClosedLoop(file, plant, look)
    running = asyncio.create_task(plant.run())
    try:
        await loop.run(seconds)
    finally:
        await end(running)
    return loop
