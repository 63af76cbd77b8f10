"""Acquisition to be measured: links, alarms, gatherer and outbox as the control process has them, on any bench.

``python -m ui.measuring.ingest.acquiring --bench FILE …`` acquires until it is told to stop, and then prints how many
it took and what it missed. A field file of thousands of wells would only be in the way: each tag has one limit, which
it never reaches.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math

from control.acquisition.gatherer import Gatherer, groups
from control.acquisition.link import Link
from control.acquisition.publisher import Publisher
from control.acquisition.wire import driver_of
from control.alarms.desk import AlarmDesk
from control.alarms.engine import AlarmEngine
from control.alarms.rule import Cause, Rule
from control.bus.clock import WallClock
from control.bus.connection import Bus
from control.bus.latest import Latest
from control.bus.outbox import Outbox
from control.bus.service import Pulse, options, run
from control.bus.work import until
from plant.asset.bench_file import load_bench
from plant.asset.tag import tags_of

NEVER = 1e30  # SI, of any tag
DRAIN = 20.0  # s


async def live(bus: Bus, settings: argparse.Namespace, _pulse: Pulse, stop: asyncio.Event) -> None:
    """Acquire until told to stop."""
    devices, clock = load_bench(settings.bench).acquired, WallClock()
    outbox, latest = Outbox(bus), Latest(bus, 0.2)
    gatherer = Gatherer(bus.subjects, outbox, latest, groups(devices))
    publisher = Publisher(bus.subjects, outbox, gatherer, clock)
    tags = tags_of({asset for device in devices for asset in device.assets.values()})
    read = {tag for device in devices for tag in device.tags()}
    rules = [Rule(Cause(tags[name], "high", NEVER), 0.0, 0.0, 1, {"en": name}) for name in sorted(read)]
    desk = AlarmDesk(bus, outbox, AlarmEngine(rules), clock)
    publisher.listeners.append(desk.hear)
    links = [Link(device, driver_of(device, clock), clock, publisher) for device in devices]
    await until(stop, latest.run(), *(link.run() for link in links))
    gatherer.flush()
    is_out = await outbox.drain(DRAIN)
    said = {
        "highest": sum(map(_highest, links)), "missed": sum(link.driver.missed for link in links),
        "losses": sum(link.health.losses for link in links), "given_up": 0 if is_out else len(outbox),
        "dropped": outbox.lost,
    }  # fmt: skip
    print(json.dumps(said), flush=True)


def _highest(link: Link) -> int:
    """The last numbers of all tags of a device, added up."""
    return sum(int(value) for value, _ in link.last().values() if math.isfinite(value))


if __name__ == "__main__":
    run("control", live, options("Acquisition to be measured."))
