"""The twin process: it listens to what is acquired of a field and says what a nominal field would show.

It hears telemetry, and a simulated field's clock where the bench runs on it. It never hears the truth.
"""

from __future__ import annotations

import argparse
import asyncio

from control.acquisition.gatherer import Gatherer
from control.acquisition.publisher import Publisher
from control.bus.batch import Batch
from control.bus.clock import SECOND, Clock
from control.bus.connection import Bus
from control.bus.current_run import CurrentRun
from control.bus.hearing import hear
from control.bus.latest import Latest
from control.bus.outbox import Outbox
from control.bus.plant_time import clock_of
from control.bus.service import Pulse, options, run
from control.bus.work import until
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from twin.estimator import DEVICE, Estimator

PERIOD = SECOND  # between estimates, on the clock that the bench names


async def live(bus: Bus, settings: argparse.Namespace, pulse: Pulse, stop: asyncio.Event) -> None:
    """Estimate until told to stop."""
    field, bench = load_field(settings.field), load_bench(settings.bench)
    estimator, outbox, latest = Estimator(field), Outbox(bus), Latest(bus)

    clock = await clock_of(bus, bench)
    current = CurrentRun(clock, estimator.forget)

    def take(batch: Batch) -> None:
        if current.takes(batch.run):
            estimator.hear(batch)

    await hear(bus, bus.subjects.telemetry("*"), Batch.decode, take, pulse.error)
    gatherer = Gatherer(bus.subjects, outbox, latest)
    publisher = Publisher(bus.subjects, outbox, gatherer, clock)
    await until(stop, latest.run(), _estimate(estimator, publisher, clock, pulse))
    gatherer.flush()
    await outbox.drain(PERIOD / SECOND)


async def _estimate(estimator: Estimator, publisher: Publisher, clock: Clock, pulse: Pulse) -> None:
    moment = clock.now()
    while True:
        moment = max(moment + PERIOD, clock.now())
        await clock.sleep_until(moment)
        batch = estimator.estimate()
        if batch is not None:
            publisher.batch(DEVICE, batch)
            pulse.count("estimates", len(batch))


if __name__ == "__main__":
    run(DEVICE, live, options("Estimates of what the wells should show, from measurements alone."))
