"""The control process: acquisition, alarms and commands of one field.

It reads where the devices answer from the bench, and never asks what is behind them.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from typing import Any

from control.acquisition.gatherer import Gatherer, groups
from control.acquisition.link import Link, first_contact, lag
from control.acquisition.publisher import Publisher
from control.acquisition.wire import driver_of
from control.alarms.desk import AlarmDesk
from control.alarms.engine import AlarmEngine
from control.alarms.suppression import Suppressor
from control.bus.clock import Clock, FieldClock
from control.bus.connection import Bus
from control.bus.latest import Latest
from control.bus.message.alarm import Handling
from control.bus.message.announcement import PlantTime
from control.bus.message.command import Command
from control.bus.outbox import Outbox
from control.bus.plant_time import clock_of
from control.bus.room import Room
from control.bus.service import PULSE_PERIOD, Pulse, options, run
from control.bus.work import until
from control.commands.log import CommandLog
from control.commands.path import CommandPath
from control.site import Site

FEW_ROUNDS = 0.2  # s between
DRAIN = 5.0  # s that the last words may take at the end


async def live(bus: Bus, settings: argparse.Namespace, pulse: Pulse, stop: asyncio.Event) -> None:
    """Acquire, alarm and command until told to stop."""
    site, outbox = Site.load(settings.field, settings.bench), Outbox(bus, shortage=Room(settings.data).shortage)
    grouped = groups(site.bench.acquired)
    # A field of many groups is put as the latest in rounds: all of it at each scan would be a second stream.
    latest = Latest(bus, FEW_ROUNDS if len(set(grouped.values())) > 1 else 0.0)
    gatherer = Gatherer(bus.subjects, outbox, latest, grouped)
    await until(stop, _work(site, bus, pulse, outbox, gatherer, latest))
    gatherer.flush()
    await outbox.drain(DRAIN)


async def _work(
    site: Site, bus: Bus, pulse: Pulse, outbox: Outbox, gatherer: Gatherer, latest: Latest
) -> None:  # fmt: skip
    clock = await clock_of(bus, site.bench, until_heard=True)
    publisher = Publisher(bus.subjects, outbox, gatherer, clock)
    grace = first_contact(_age())
    links = {d.name: Link(d, driver_of(d, clock), clock, publisher, grace=grace) for d in site.bench.acquired}
    primary = {tag: device.name for tag, device in site.bench.primary().items()}
    commands = CommandPath(site.tags, primary, links, CommandLog(bus), clock)
    await commands.restore()
    await bus.answer(bus.subjects.commands("*"), commands.handle, Command.decode, side_by_side=True)
    desk = AlarmDesk(bus, outbox, AlarmEngine(site.rules), clock, Suppressor(site.alarms.suppressions))
    await desk.restore()
    await bus.answer(bus.subjects.handling(), desk.handle, Handling.decode, side_by_side=True)
    publisher.listeners.append(desk.hear)
    async with asyncio.TaskGroup() as group:
        _follow_runs(clock, desk, commands, group)
        group.create_task(latest.run())
        group.create_task(desk.run())
        group.create_task(desk.watch())
        for link in links.values():
            group.create_task(link.run())
        group.create_task(_show(pulse, links, clock, outbox, desk))


def _follow_runs(clock: Clock, desk: AlarmDesk, commands: CommandPath, group: asyncio.TaskGroup) -> None:
    """Where the field goes on from an earlier moment, so does everything here; nothing of before is known then."""
    if not isinstance(clock, FieldClock):
        return

    def turn(said: PlantTime) -> None:
        commands.forget()
        group.create_task(desk.turn(said))

    clock.turned.append(turn)
    if clock.said is not None and desk.is_behind(clock.said):
        turn(clock.said)


def _age() -> float:
    """Since this process was made [s]."""
    import psutil

    return max(0.0, time.time() - psutil.Process().create_time())


async def _show(pulse: Pulse, links: dict[str, Link], clock: Clock, outbox: Outbox, desk: AlarmDesk) -> None:
    """Keep the pulse up to date."""
    before = dict.fromkeys(links, 0)
    while True:
        await asyncio.sleep(PULSE_PERIOD)
        points = {name: link.health.points for name, link in links.items()}
        rates = {name: (points[name] - before[name]) / PULSE_PERIOD for name in links}
        pulse.devices = {name: _shown(link, rates[name], clock) for name, link in links.items()}
        pulse.trouble("outbox", outbox.trouble if len(outbox) else "")
        pulse.counts |= {"points": sum(points.values()), "lost_batches": outbox.lost}
        pulse.gauges |= {"points_per_s": sum(rates.values()), "outbox": len(outbox), "alarms_standing": desk.standing}
        before = points


def _shown(link: Link, rate: float, clock: Clock) -> dict[str, Any]:
    health = link.health
    return {
        "connected": health.connected, "waiting": health.waiting, "endpoint": str(link.device.endpoint),
        "rate": rate, "lag_s": lag(health, clock),
        "missed": link.driver.missed, "losses": health.losses, "last_error": health.last_error,
        "clock_error_s": health.clock_error, "complaints": dict(link.complaints.counts.most_common(5)),
    }  # fmt: skip


if __name__ == "__main__":
    run("control", live, options("Acquisition, alarms and commands of one field."))
